"""People who came with a visa and filed a first application, and somebody who lost the mailbox of their account."""

from datetime import datetime, timedelta

from flask import Flask

from app.demonstration import stories
from app.demonstration.people import Applicant, Visa, visa_record
from app.demonstration.stories import Scene
from app.domain.rules.calendar import paris_day
from app.services.access.sessions import digest
from app.services.applications import dossiers
from app.services.decisions import instruction
from app.storage.models import Account, Agent, Recovery
from app.storage.people import accounts, recoveries

ARRIVALS = (
    Visa(
        Applicant(
            "", "Haddad", "Nour", "F", "2001-10-12", "Sfax", "TUN", 0, "filed", "first application, not taken"
        ),
        "330000204",
        "VLS",
        25,
        90,
    ),
    Visa(
        Applicant(
            "",
            "Fernández",
            "Ismael",
            "M",
            "1999-03-30",
            "Oruro",
            "BOL",
            0,
            "taken",
            "first application, taken",
        ),
        "330000205",
        "VLS",
        40,
        90,
    ),
)
LOST = "9920000103"  # whose account has a request for another address


def email(one: Visa) -> str:
    """Their address in the demonstration's mailbox."""
    return f"demo-visa-{one.visa[-3:]}@exemple.fr"


def words() -> list[str]:
    """What a terminal prints of them."""
    told = [f"  {'visa':<9} {email(one):<32} {one.holder.note}" for one in ARRIVALS]
    return ["Accounts without number, for /compte/suivre; codes are at /dev/messages:", *told]


def come(app: Flask, agent: Agent, now: datetime) -> None:
    """Make it all happen."""
    for one in ARRIVALS:
        _arrive(one, Scene(_account(one, now), agent, app.extensions["gateways"], now))
    _lose(now)


def _account(one: Visa, now: datetime) -> Account:
    return Account.create(
        visa_number=one.visa,
        email=email(one),
        password_hash="",
        language="fr",
        identity=visa_record(one, paris_day(now)),
        created_at=now - timedelta(days=one.since - 1),
    )


def _arrive(one: Visa, scene: Scene) -> None:
    """File, and be taken yesterday: the worker then gives the number and sends it."""
    at, came = scene.ago(one.since - 5), paris_day(scene.ago(one.since - 1)).isoformat()
    dossier = dossiers.submit(stories.draft(scene, at, entered_on=came), at)
    if one.holder.story == "taken":
        instruction.take(dossier, scene.act(dossier, 1))


def _lose(now: datetime) -> None:
    """A request for another address, confirmed this morning."""
    account = accounts.by_number(LOST)
    service = recoveries.service_of(account.id) if account else None
    if account is not None and service is not None:
        Recovery.create(
            account=account,
            service=service,
            email="mamadou.nouveau@exemple.fr",
            language="fr",
            link_digest=digest("demonstration"),
            asked_at=now - timedelta(hours=3),
            confirmed_at=now - timedelta(hours=2),
        )

"""Visa holders with a first application, and a request to change the address of an account."""

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
LOST = "9920000103"  # has a request to change the account's address


def email(visa: Visa) -> str:
    """Return a visa holder's e-mail address, shown by the demonstration's mailbox page."""
    return f"demo-visa-{visa.visa[-3:]}@exemple.fr"


def summary() -> list[str]:
    """Return the lines that a terminal prints about accounts without number."""
    lines = [f"  {'visa':<9} {email(visa):<32} {visa.holder.note}" for visa in ARRIVALS]
    return ["Accounts without number, for /compte/suivre; codes are at /dev/messages:", *lines]


def create(app: Flask, agent: Agent, now: datetime) -> None:
    """Create the accounts, their applications and the request."""
    for visa in ARRIVALS:
        _arrive(visa, Scene(_account(visa, now), agent, app.extensions["gateways"], now))
    _lose(now)


def _account(visa: Visa, now: datetime) -> Account:
    return Account.create(
        visa_number=visa.visa,
        email=email(visa),
        password_hash="",
        language="fr",
        identity=visa_record(visa, paris_day(now)),
        created_at=now - timedelta(days=visa.since - 1),
    )


def _arrive(visa: Visa, scene: Scene) -> None:
    """File an application; if its story says so, take it yesterday, so that the worker assigns a number."""
    at, entered_on = scene.ago(visa.since - 5), paris_day(scene.ago(visa.since - 1)).isoformat()
    dossier = dossiers.submit(stories.draft(scene, at, entered_on=entered_on), at)
    if visa.holder.story == "taken":
        instruction.take(dossier, scene.act(dossier, 1))


def _lose(now: datetime) -> None:
    """Create a request to change an address, confirmed this morning."""
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

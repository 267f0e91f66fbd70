"""Invented people and dossiers, relative to today, for a demonstration that shows every state of the service.

Nobody here exists. Names are chosen to try every letter; numbers begin with 9920, as on the FAQ's specimen.
"""

from dataclasses import dataclass
from datetime import timedelta

import click
from flask import Flask

from app.demonstration import (
    assignments,
    conversations,
    decided,
    fake_gateways,
    people,
    staff,
    stamps,
    stories,
    visa_holders,
)
from app.demonstration.people import APPLICANTS, PASSWORD, VISAS
from app.demonstration.staff import AGENTS, TOTP_SECRET
from app.domain.rules.calendar import paris_day
from app.services.operations import services_loading
from app.settings import Settings
from app.storage.models import Service
from app.storage.people import services


@dataclass(frozen=True)
class SignIn:
    """Where to sign in and as whom, printed when the service starts."""

    role: str
    identifier: str
    note: str


def sign_ins() -> list[SignIn]:
    """The identities of the demonstration."""
    applicants = [SignIn("applicant", one.number, one.note) for one in APPLICANTS]
    return applicants + [SignIn("agent", one.email, one.note) for one in AGENTS]


def words(settings: Settings) -> list[str]:
    """What a terminal prints of them; the dates of visas are those of the day the register was made."""
    lines = [f"Password of every demonstration account: {PASSWORD}"]
    lines += [f"  {one.role:<9} {one.identifier:<32} {one.note}" for one in sign_ins()]
    lines.append("Visas without account, for /compte/creer/visa:")
    dates = fake_gateways.visa_dates(settings)
    lines += [f"  {'visa':<9} {one.visa} {dates.get(one.visa, ''):<26} {one.holder.note}" for one in VISAS]
    lines += visa_holders.words()
    lines += stamps.words()
    lines.append(f"Agents' second factor: TOTP secret {TOTP_SECRET}; codes are also shown at /dev/messages")
    return lines


def seed(app: Flask) -> None:
    """Fill the empty database, the permit register and the photo desk of the demonstration."""
    now = app.extensions["clock"]()
    settings = app.extensions["settings"]
    fake_gateways.write_register(settings, paris_day(now))
    fake_gateways.write_photos(settings, paris_day(now))
    stamps.write(settings, paris_day(now))
    services_loading.add_missing()
    Service.update(help_place="Exemple : 2 place du Guichet, Lyon").where(Service.code == "69").execute()
    offices_by_code = services.all_services()
    agents = staff.make_agents(offices_by_code)
    staff.invite_somebody(agents[""], offices_by_code["69"], now)
    for applicant in APPLICANTS:
        if not applicant.without_account:
            account = people.make_account(applicant, now - timedelta(days=200))
            stories.tell(applicant.story, account, agents, app, now)
    visa_holders.come(app, agents["69"], now)
    assignments.share(now)
    decided.decide(offices_by_code["69"], app.extensions["gateways"].files, now)
    conversations.happen(app, agents["69"], now)
    click.echo("\n".join(words(settings)))

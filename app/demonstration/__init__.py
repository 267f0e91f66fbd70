"""Invented people and dossiers, relative to today, for a demonstration that shows every state of the service.

Names try letters of many scripts; foreign-national numbers begin with 9920, as on the FAQ's specimen.
"""

from dataclasses import dataclass
from datetime import timedelta

import click
from flask import Flask

from app.demonstration import (
    appointments,
    assignments,
    conversations,
    decided,
    fake_gateways,
    people,
    staff,
    stamps,
    stories,
    trouble,
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
    """A demonstration account: role, identifier to sign in with, and a note on its state."""

    role: str
    identifier: str
    note: str


def sign_ins() -> list[SignIn]:
    """Return the demonstration's accounts."""
    applicants = [SignIn("applicant", applicant.number, applicant.note) for applicant in APPLICANTS]
    return applicants + [SignIn("agent", agent.email, agent.note) for agent in AGENTS]


def summary(settings: Settings) -> list[str]:
    """Return the lines that a terminal prints; dates of visas are those of the day the register was written."""
    lines = [f"Password of every demonstration account: {PASSWORD}"]
    lines += [f"  {entry.role:<9} {entry.identifier:<32} {entry.note}" for entry in sign_ins()]
    lines.append("Visas without account, for /compte/creer/visa:")
    dates = fake_gateways.visa_dates(settings)
    lines += [
        f"  {'visa':<9} {visa.visa} {dates.get(visa.visa, ''):<26} {visa.holder.note}" for visa in VISAS
    ]
    lines += visa_holders.summary()
    lines += stamps.summary()
    lines.append(f"Agents' second factor: TOTP secret {TOTP_SECRET}; codes are also shown at /dev/messages")
    return lines


def seed(app: Flask) -> None:
    """Fill the empty database, the permit register, the photo desk and the stamp desk."""
    now = app.extensions["clock"]()
    settings = app.extensions["settings"]
    fake_gateways.write_register(settings, paris_day(now))
    fake_gateways.write_photos(settings, paris_day(now))
    stamps.write(settings, paris_day(now))
    services_loading.add_missing()
    Service.update(help_place="Exemple : 2 place du Guichet, Lyon").where(Service.code == "69").execute()
    offices_by_code = services.all_services()
    agents = staff.make_agents(offices_by_code)
    staff.invite_colleague(agents[""], offices_by_code["69"], now)
    for applicant in APPLICANTS:
        if not applicant.without_account:
            account = people.make_account(applicant, now - timedelta(days=200))
            stories.play(applicant.story, account, agents, app, now)
    visa_holders.create(app, agents["69"], now)
    assignments.create(now)
    decided.create(offices_by_code["69"], app.extensions["gateways"].files, now)
    conversations.create(app, agents["69"], now)
    appointments.create(agents["69"], now)
    trouble.create(now)
    click.echo("\n".join(summary(settings)))

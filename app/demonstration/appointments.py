"""Appointments of the demonstration: one to come, and one that is past and waits for its mark."""

from datetime import date, datetime, timedelta

from app.domain.dossiers.appointments import PROPOSED, Meeting, Purpose, instant
from app.domain.rules.calendar import paris_day
from app.domain.rules.working_days import is_working_day
from app.services.appointments import invitations
from app.storage.applications import dossiers
from app.storage.models import Agent
from app.storage.people import accounts

EXPECTED = "9920000105"  # is expected to fingerprints in some days
UNMARKED = "9920000104"  # was expected to an interview some days ago
PLACE = "Exemple : 1 place du Guichet, Lyon, guichet 4"


def create(agent: Agent, now: datetime) -> None:
    """Create both through the service's own functions."""
    today = paris_day(now)
    coming = _working_day(today + timedelta(days=9), 1)
    past = _working_day(today - timedelta(days=1), -1)
    _invite(EXPECTED, Purpose.FINGERPRINTS, coming, agent, now - timedelta(days=2))
    _invite(UNMARKED, Purpose.INTERVIEW, past, agent, now - timedelta(days=16))


def _working_day(day: date, step: int) -> date:
    """Return a day if it is a working day, otherwise the next one, or with a `step` of -1 the one before."""
    while not is_working_day(day):
        day += timedelta(days=step)
    return day


def _invite(number: str, purpose: Purpose, day: date, agent: Agent, invited_at: datetime) -> None:
    account = accounts.by_number(number)
    if account is None:
        return
    dossier = dossiers.owned(account.id, dossiers.of_account(account.id)[0].reference or "")
    meeting = Meeting(purpose, instant(day, "09:30"), PLACE, PROPOSED[purpose])
    invitations.invite(dossier, agent, meeting, invited_at)

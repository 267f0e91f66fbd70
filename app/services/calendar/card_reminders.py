"""Reminders of a card that can be collected and was not."""

from datetime import date, datetime

from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import CARD_REMINDERS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.storage.applications import cards, dossiers
from app.storage.database import database
from app.storage.models import Dossier


def send_due(now: datetime) -> int:
    """Send the reminders that are due and return how many; nothing outside letter hours, Paris time.

    If several delays have passed since the last run, one is sent.
    """
    if not in_letter_hours(now):
        return 0
    due = cards.to_remind(paris_day(now), CARD_REMINDERS)
    return for_each_isolated("card", due, lambda dossier: _remind(dossier, now))


def _remind(dossier: Dossier, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(dossier.id)
        since: date | None = row.card_since
        if row.state != State.CARD_AVAILABLE or since is None:
            return False
        waited = (paris_day(now) - since).days
        days = max((delay for delay in CARD_REMINDERS if delay <= waited), default=0)
        if days <= (row.card_told or 0):
            return False
        Dossier.update(card_told=days).where(Dossier.id == row.id).execute()
        notices.notify(row, NoticeKind.CARD_WAITING, now, since=since.isoformat(), **row.card)
    return True

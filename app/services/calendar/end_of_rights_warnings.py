"""Warnings of an end of rights that no document covers, sent once each 30, 15 and 3 days before."""

from datetime import datetime

from app.domain.dossiers.standing import what_follows
from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import UNCOVERED_DAYS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.services.standing import facts_of
from app.storage.applications import dossiers, rights_coverage
from app.storage.database import database
from app.storage.models import Dossier, EndWarning


def send_due(now: datetime) -> int:
    """Send the warnings that are due and return how many; nothing outside letter hours, Paris time.

    If several delays have passed since the last run, only the nearest to the end is sent.
    """
    if not in_letter_hours(now):
        return 0
    due = rights_coverage.to_warn(paris_day(now), UNCOVERED_DAYS)
    return for_each_isolated("warning", due, lambda dossier: _warn(dossier, now))


_DECIDING = ("rights_end", "state", "extension")


def _warn(dossier: Dossier, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(dossier.id)
        ends = row.rights_end
        if ends is None or any(getattr(row, column) != getattr(dossier, column) for column in _DECIDING):
            return False  # changed meanwhile: the next run decides anew
        left = (ends - paris_day(now)).days
        sent = rights_coverage.warned(row.id, ends)
        due = [days for days in UNCOVERED_DAYS if left <= days and days not in sent]
        if not due:
            return False
        for days in due:
            EndWarning.create(dossier=row, ends_on=ends, days=days, at=now)
        if min(due) > min(sent, default=max(due) + 1):
            return False  # the warning of a shorter delay was sent already
        follows = what_follows(facts_of(row), paris_day(now))
        notices.notify(row, NoticeKind.RIGHTS_ENDING, now, ends=ends.isoformat(), follows=str(follows))
    return True

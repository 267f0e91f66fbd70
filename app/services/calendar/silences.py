"""Letters about a legal answer date that passed without a decision, which by law refuses (CESEDA R.432-1, R.432-2)."""

from datetime import datetime, timedelta

from app.domain.rules.calendar import paris_day
from app.domain.rules.parameters import SILENCE_TOLD_DAYS
from app.domain.rules.reminders import in_letter_hours
from app.domain.texts.notices import NoticeKind
from app.services.batch import for_each_isolated
from app.services.messages import notices
from app.services.standing import standing_of
from app.storage.applications import dossiers
from app.storage.applications import silences as store
from app.storage.database import database
from app.storage.models import Dossier

_WHILE = timedelta(days=SILENCE_TOLD_DAYS)


def send_due(now: datetime) -> int:
    """Tell applicants, once, that the day has passed, and return how many; nothing outside letter hours, Paris time.

    The time to contest runs from that day: who is told by nobody loses it. A silence that is older than
    SILENCE_TOLD_DAYS is not told as news.
    """
    if not in_letter_hours(now):
        return 0
    today = paris_day(now)
    due = store.to_tell(today - _WHILE, today - timedelta(days=1), now - _WHILE)
    return for_each_isolated("silence", due, lambda dossier: _tell(dossier, now))


def _tell(dossier: Dossier, now: datetime) -> bool:
    with database.atomic():
        row = dossiers.locked(dossier.id)
        heard = standing_of(row, paris_day(now)).silence
        if heard is None or not heard.refused or store.told(row.id, now - _WHILE):
            return False  # meanwhile it was decided, or another worker has told
        notices.notify(row, NoticeKind.SILENCE, now, contest_until=heard.contest_until.isoformat())
    return True

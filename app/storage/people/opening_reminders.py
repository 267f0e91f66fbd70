"""Queries on reminders asked for without an account."""

from collections.abc import Sequence
from datetime import date

from app.storage.database import row_lock
from app.storage.models import ReturnReminder


def by_digest(digest: str) -> ReturnReminder | None:
    """Return a reminder by the digest of its letter's token."""
    found: ReturnReminder | None = ReturnReminder.get_or_none(ReturnReminder.digest == digest)
    return found


def due(today: date, most: int = 500) -> Sequence[int]:
    """Return the ids of reminders with a confirmed address whose day has come."""
    ready = (ReturnReminder.opens <= today) & ReturnReminder.confirmed_at.is_null(False)
    query = ReturnReminder.select(ReturnReminder.id).where(ready).order_by(ReturnReminder.id).limit(most)
    return [row.id for row in query]


def locked(reminder_id: int) -> ReturnReminder | None:
    """Return a reminder locked until the transaction ends, None if it was sent meanwhile."""
    found: ReturnReminder | None = row_lock(
        ReturnReminder.select().where(ReturnReminder.id == reminder_id)
    ).first()
    return found

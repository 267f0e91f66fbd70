"""Queries on reminders asked for without an account."""

from collections.abc import Sequence
from datetime import date

from app.storage.database import row_lock
from app.storage.models import ReturnReminder


def by_digest(digest: str) -> ReturnReminder | None:
    """The reminder behind the token of a letter."""
    found: ReturnReminder | None = ReturnReminder.get_or_none(ReturnReminder.digest == digest)
    return found


def due(today: date, most: int = 500) -> Sequence[int]:
    """Reminders whose address was confirmed and whose day has come."""
    ready = (ReturnReminder.opens <= today) & ReturnReminder.confirmed_at.is_null(False)
    query = ReturnReminder.select(ReturnReminder.id).where(ready).order_by(ReturnReminder.id).limit(most)
    return [row.id for row in query]


def locked(reminder_id: int) -> ReturnReminder | None:
    """A reminder kept from other workers until the transaction ends; None once it has left."""
    found: ReturnReminder | None = row_lock(
        ReturnReminder.select().where(ReturnReminder.id == reminder_id)
    ).first()
    return found

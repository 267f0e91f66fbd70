"""Reminders by mail of the day one can file, for people without an account.

The address is confirmed by a link, gets one letter (« Revenez le … ») and is deleted as it is sent.
"""

import secrets
from datetime import date, datetime

from app.domain.rules.calendar import Window, paris_day
from app.domain.rules.reminders import in_letter_hours
from app.services.access import throttles
from app.services.access.limits import LETTER
from app.services.access.origins import Origin
from app.services.access.sessions import digest
from app.services.batch import for_each_isolated
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import ReturnReminder
from app.storage.people import opening_reminders as store


class NothingToRemind(Exception):
    """Raised when the filing window is open already."""


def ask(email: str, window: Window, language: str, origin: Origin, now: datetime) -> None:
    """Store an address for one reminder and send it a confirmation link; asking twice stores one row.

    Raises NothingToRemind, and throttles.TooSoon after several letters to the same address.
    """
    if window.opens <= paris_day(now):
        raise NothingToRemind
    token = secrets.token_urlsafe(32)
    values = {"language": language, "closes": window.closes, "digest": digest(token), "asked_at": now}
    with database.atomic():
        throttles.attempt(LETTER, email, origin, now)
        ReturnReminder.insert(email=email, opens=window.opens, **values).on_conflict(
            conflict_target=[ReturnReminder.email, ReturnReminder.opens], update=values
        ).execute()
        facts = {**_facts(window.opens, window.closes), "token": token}
        emails.write("accounts/return_confirm", email, language, facts, now)


def of_token(token: str) -> ReturnReminder | None:
    """Return the reminder of a link's token, None once it is sent or deleted."""
    return store.by_digest(digest(token))


def confirm(reminder: ReturnReminder, now: datetime) -> None:
    """Confirm the address of a reminder: only a confirmed one is written to."""
    ReturnReminder.update(confirmed_at=now).where(ReturnReminder.id == reminder.id).execute()


def cancel(reminder: ReturnReminder) -> None:
    """Delete a reminder and its address."""
    ReturnReminder.delete().where(ReturnReminder.id == reminder.id).execute()


def send_due(now: datetime) -> int:
    """Send the reminders that are due, delete each in the same transaction and return how many were sent.

    Nothing is sent outside letter hours, Paris time.
    """
    if not in_letter_hours(now):
        return 0
    return for_each_isolated(
        "return reminder", store.due(paris_day(now)), lambda reminder_id: _send(reminder_id, now)
    )


def _send(reminder_id: int, now: datetime) -> bool:
    with database.atomic():
        row = store.locked(reminder_id)
        if row is None:
            return False
        emails.write("accounts/return_opening", row.email, row.language, _facts(row.opens, row.closes), now)
        cancel(row)
    return True


def _facts(opens: date, closes: date) -> dict[str, str]:
    return {"opens": opens.isoformat(), "closes": closes.isoformat()}

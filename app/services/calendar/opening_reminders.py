"""« Revenez le … » by mail, for people without an account: asked, confirmed by a link, sent once, forgotten."""

import secrets
from datetime import date, datetime

from app.domain.rules.calendar import Window, paris_day
from app.domain.rules.reminders import in_letter_hours
from app.services.access import throttles
from app.services.access.sessions import digest
from app.services.batch import for_each_isolated
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import ReturnReminder
from app.storage.people import opening_reminders as store


class NothingToRemind(Exception):
    """The day has come already: one can file now."""


def ask(email: str, window: Window, language: str, now: datetime) -> None:
    """Keep an address for one letter and send it the link that confirms it; asking twice keeps one row.

    TooSoon after several letters to the same address: nobody's mailbox is filled from here.
    """
    if window.opens <= paris_day(now):
        raise NothingToRemind
    key = f"return:{email}"
    throttles.require_allowed(key, now)
    token = secrets.token_urlsafe(32)
    values = {"language": language, "closes": window.closes, "digest": digest(token), "asked_at": now}
    with database.atomic():
        throttles.record_failure(key, now)
        ReturnReminder.insert(email=email, opens=window.opens, **values).on_conflict(
            conflict_target=[ReturnReminder.email, ReturnReminder.opens], update=values
        ).execute()
        facts = {**_facts(window.opens, window.closes), "token": token}
        emails.write("accounts/return_confirm", email, language, facts, now)


def of_token(token: str) -> ReturnReminder | None:
    """The reminder behind the link of a letter, None once it was sent or deleted."""
    return store.by_digest(digest(token))


def confirm(reminder: ReturnReminder, now: datetime) -> None:
    """The address is its owner's."""
    ReturnReminder.update(confirmed_at=now).where(ReturnReminder.id == reminder.id).execute()


def cancel(reminder: ReturnReminder) -> None:
    """Forget the address."""
    ReturnReminder.delete().where(ReturnReminder.id == reminder.id).execute()


def send_due(now: datetime) -> int:
    """Send what is due by day in Paris and forget each address as its letter leaves; how many left."""
    if not in_letter_hours(now):
        return 0
    return for_each_isolated("return reminder", store.due(paris_day(now)), lambda one: _send(one, now))


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

"""What no longer serves anybody, found by its age; and what the worker reads to do its work."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN

from app.storage.models import (
    Account,
    AgentLink,
    Document,
    Dossier,
    Entry,
    Notice,
    Outbox,
    PhotoCode,
    Recovery,
    ResetLink,
    ReturnReminder,
    Service,
    Session,
    Signup,
    Throttle,
)

DAY = timedelta(days=1)
YEAR = timedelta(days=365)


def delete_expired(now: datetime) -> int:
    """Delete accounts begun, old links, sessions, failures, finished work, unconfirmed reminders after a day; how many.

    The list is complete on purpose: nothing else in the worker deletes a row.
    """
    yesterday = now - DAY
    stale = (
        Signup.delete().where(Signup.created_at < yesterday),
        ResetLink.delete().where(ResetLink.expires_at < yesterday),
        AgentLink.delete().where(AgentLink.expires_at < yesterday),
        Entry.delete().where(Entry.asked_at < yesterday),
        Recovery.delete().where(_over(now)),
        Throttle.delete().where(
            (Throttle.last_at < yesterday)
            & (Throttle.blocked_until.is_null() | (Throttle.blocked_until < now))
        ),
        Session.delete().where(Session.seen_at < yesterday),
        Outbox.delete().where(Outbox.done_at < yesterday),
        ReturnReminder.delete().where(
            ReturnReminder.confirmed_at.is_null() & (ReturnReminder.asked_at < yesterday)
        ),
    )
    return sum(int(query.execute()) for query in stale)


def _over(now: datetime) -> Any:
    """Requests for another address that lead to nobody, two days after; those decided or stopped, a year after."""
    nobody = Recovery.confirmed_at.is_null() | Recovery.account.is_null()
    ended = (Recovery.decided_at < now - YEAR) | (Recovery.stopped_at < now - YEAR)
    return (nobody & (Recovery.asked_at < now - 2 * DAY)) | ended


def notice(notice_id: int) -> Notice | None:
    """A message with everything its letter needs."""
    found: Notice | None = (
        Notice.select(Notice, Account, Dossier, Service)
        .join(Account)
        .switch(Notice)
        .join(Dossier, JOIN.LEFT_OUTER)
        .join(Service, JOIN.LEFT_OUTER)
        .where(Notice.id == notice_id)
        .first()
    )
    return found


def document(document_id: int) -> Document | None:
    """A file to scan, unless its owner removed it meanwhile."""
    return Document.get_or_none(Document.id == document_id)


def photos_to_check(not_checked_since: datetime, given_since: datetime, state: str) -> Sequence[PhotoCode]:
    """E-photo codes in a state, last asked for long enough ago, given not too long ago."""
    return list(
        PhotoCode.select(PhotoCode, Dossier)
        .join(Dossier)
        .where(
            (PhotoCode.state == state)
            & (PhotoCode.checked_at <= not_checked_since)
            & (PhotoCode.given_at >= given_since)
        )
        .order_by(PhotoCode.id)
    )

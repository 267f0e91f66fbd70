"""Deletion of expired rows, and the rows that the worker's handlers read."""

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
    KeptForm,
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
    """Delete expired rows and return their number.

    One day after their end: signups, links, requests to sign in by mail, forms typed and not stored, failures,
    sessions, finished work, reminders that were never confirmed. Requests for another address: see
    `_expired_recoveries`.
    """
    yesterday = now - DAY
    queries = (
        Signup.delete().where(Signup.created_at < yesterday),
        ResetLink.delete().where(ResetLink.expires_at < yesterday),
        AgentLink.delete().where(AgentLink.expires_at < yesterday),
        Entry.delete().where(Entry.asked_at < yesterday),
        Recovery.delete().where(_expired_recoveries(now)),
        KeptForm.delete().where(KeptForm.kept_at < yesterday),
        Throttle.delete().where(
            (Throttle.last_at < yesterday)
            & (Throttle.blocked_until.is_null() | (Throttle.blocked_until < now))
        ),
        Session.delete().where(Session.seen_at < yesterday),
        Outbox.delete().where(Outbox.done_at < yesterday),
        # Letters about no dossier hold codes and links, which have expired; the others stay until they are settled.
        Outbox.delete().where((Outbox.failed_at < yesterday) & (Outbox.kind == "mail")),
        Outbox.delete().where(Outbox.failed_at < now - YEAR),
        ReturnReminder.delete().where(
            ReturnReminder.confirmed_at.is_null() & (ReturnReminder.asked_at < yesterday)
        ),
    )
    return sum(int(query.execute()) for query in queries)


def _expired_recoveries(now: datetime) -> Any:
    """Return the condition of requests for another address that have expired.

    Two days after asking for those that were never confirmed or match no account, a year after the decision or
    the stop for the others.
    """
    unused = Recovery.confirmed_at.is_null() | Recovery.account.is_null()
    closed = (Recovery.decided_at < now - YEAR) | (Recovery.stopped_at < now - YEAR)
    return (unused & (Recovery.asked_at < now - 2 * DAY)) | closed


def notice(notice_id: int) -> Notice | None:
    """Return a message with its account, dossier and service; None if it does not exist."""
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
    """Return a file to scan; None if its owner has removed it."""
    return Document.get_or_none(Document.id == document_id)


def photos_to_check(not_checked_since: datetime, state: str) -> Sequence[PhotoCode]:
    """Return e-photo codes in `state` last checked before an instant, oldest first."""
    return list(
        PhotoCode.select(PhotoCode, Dossier)
        .join(Dossier)
        .where((PhotoCode.state == state) & (PhotoCode.checked_at <= not_checked_since))
        .order_by(PhotoCode.id)
    )

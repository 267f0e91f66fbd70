"""Deletion of expired rows, and the rows that the worker's handlers read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN

from app.domain.rules.retention import PERIODS, Kept
from app.storage import operating
from app.storage.models import (
    Account,
    AgentLink,
    Attachment,
    Document,
    Dossier,
    Entry,
    KeptForm,
    KnownBrowser,
    Notice,
    Outbox,
    PhotoCode,
    Recovery,
    ResetLink,
    ReturnReminder,
    SearchRecord,
    Service,
    Session,
    Signup,
    Throttle,
)


def delete_expired(now: datetime) -> int:
    """Delete the rows whose `Period` is over and that hold no file; return their number.

    What holds files, or is told to its person before, is erased by `services.calendar.erasures`.
    """

    def over(kind: Kept) -> datetime:
        return PERIODS[kind].over(now)

    queries = (
        Signup.delete().where(Signup.created_at < over(Kept.SIGNUP)),
        ResetLink.delete().where(ResetLink.expires_at < over(Kept.LINK)),
        AgentLink.delete().where(AgentLink.expires_at < over(Kept.LINK)),
        Entry.delete().where(Entry.asked_at < over(Kept.LINK)),
        Recovery.delete().where(_expired_recoveries(now)),
        SearchRecord.delete().where(SearchRecord.at < over(Kept.SEARCH)),
        KnownBrowser.delete().where(KnownBrowser.seen_at < over(Kept.BROWSER)),
        KeptForm.delete().where(KeptForm.kept_at < over(Kept.TYPED)),
        Throttle.delete().where(
            (Throttle.last_at < over(Kept.FAILURES))
            & (Throttle.blocked_until.is_null() | (Throttle.blocked_until < now))
        ),
        Session.delete().where(Session.seen_at < over(Kept.SESSION)),
        Outbox.delete().where(Outbox.done_at < over(Kept.LETTER)),
        # Letters about no dossier hold codes and links, which have expired; the others stay until they are settled.
        Outbox.delete().where((Outbox.failed_at < over(Kept.LETTER)) & (Outbox.kind == "mail")),
        Outbox.delete().where(Outbox.failed_at < over(Kept.FAILED_LETTER)),
        ReturnReminder.delete().where(
            ReturnReminder.confirmed_at.is_null()
            & (ReturnReminder.asked_at < over(Kept.UNCONFIRMED_REMINDER))
        ),
    )
    return sum(int(query.execute()) for query in queries) + operating.forget(now)


def _expired_recoveries(now: datetime) -> Any:
    """Return the condition of requests for another address that have expired.

    Those that were never confirmed or match no account from the asking on, the others from the decision or the stop.
    """
    unused = Recovery.confirmed_at.is_null() | Recovery.account.is_null()
    since = PERIODS[Kept.DECIDED_ADDRESS].over(now)
    closed = (Recovery.decided_at < since) | (Recovery.stopped_at < since)
    return (unused & (Recovery.asked_at < PERIODS[Kept.UNCONFIRMED_ADDRESS].over(now))) | closed


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


def attachment(attachment_id: int) -> Attachment | None:
    """Return a file of a message to scan; None if it was erased."""
    return Attachment.get_or_none(Attachment.id == attachment_id)


def photos_to_check(not_checked_since: datetime, state: str) -> Sequence[PhotoCode]:
    """Return e-photo codes in `state` last checked before an instant, oldest first."""
    return list(
        PhotoCode.select(PhotoCode, Dossier)
        .join(Dossier)
        .where((PhotoCode.state == state) & (PhotoCode.checked_at <= not_checked_since))
        .order_by(PhotoCode.id)
    )

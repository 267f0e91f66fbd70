"""What is to be erased: rows whose time is over, those marked, and their erasure with every file they name.

Nothing here decides when: `services.calendar.erasures` marks, waits and erases, a row at a time under its lock.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from peewee import SQL, fn

from app.domain.dossiers.states import State
from app.domain.rules.retention import Kept
from app.domain.text import fold
from app.storage import over, uploads
from app.storage.applications.attestations import APPLICATION_PRINTED
from app.storage.database import row_lock
from app.storage.files import FileStore
from app.storage.models import (
    Account,
    Attachment,
    Attestation,
    Conversation,
    DataCopy,
    DecisionLetter,
    Document,
    Dossier,
    Entry,
    Erasure,
    Event,
    HiringCheck,
    KeptForm,
    KnownBrowser,
    Message,
    MutedReminder,
    Notice,
    Passkey,
    Recovery,
    Reminder,
    ResetLink,
    SearchWord,
    Session,
    Table,
    Upload,
)

MOST = 100  # of a kind in one sweep


@dataclass(frozen=True)
class Subject:
    """A kind of thing that is erased: its table, and the condition that its time was over at an instant."""

    table: type[Table]
    over: Callable[[datetime], Any]
    files: Callable[[int], Iterator[str]]
    erase: Callable[[int, datetime], object]
    asked: bool = False  # marked at its owner's request, never by the sweep

    @property
    def large(self) -> bool:
        """Whether its table grows with every person and application of the country."""
        return self.table in (Account, Dossier)


def _files_of_document(number: int) -> Iterator[str]:
    for document in Document.select().where(Document.id == number):
        yield from document.keys


def _files_of_conversation(number: int) -> Iterator[str]:
    yield from (row.file_key for row in Conversation.select().where(Conversation.id == number))
    for file in Attachment.select().join(Message).where(Message.conversation == number):
        yield from file.keys


def _files_of_dossier(number: int) -> Iterator[str]:
    for document in Document.select().where(Document.dossier == number):
        yield from document.keys
    for table in (Attestation, DecisionLetter):
        yield from (row.file_key for row in table.select(table.file_key).where(table.dossier == number))
    for conversation in Conversation.select(Conversation.id).where(Conversation.dossier == number):
        yield from _files_of_conversation(conversation.id)
    printed = (Event.dossier == number) & (Event.action == APPLICATION_PRINTED)
    yield from (str(event.facts["key"]) for event in Event.select().where(printed) if event.facts)


def _files_of_copy(number: int) -> Iterator[str]:
    yield from (row.file_key for row in DataCopy.select().where(DataCopy.id == number))


def _files_of_account(number: int) -> Iterator[str]:
    """Yield the files that go with an account: of drafts and questions about no dossier, its copy, those on their way."""
    for dossier in Dossier.select(Dossier.id).where(_own_drafts(number)):
        yield from _files_of_dossier(dossier.id)
    for conversation in Conversation.select(Conversation.id).where(_own_questions(number)):
        yield from _files_of_conversation(conversation.id)
    for copy in DataCopy.select(DataCopy.id).where(DataCopy.account == number):
        yield from _files_of_copy(copy.id)
    for upload in uploads.of_account(number):
        yield from uploads.keys(upload)


def _own_drafts(account_id: int) -> Any:
    return (Dossier.account == account_id) & (Dossier.state == State.DRAFT)


def _own_questions(account_id: int) -> Any:
    return (Conversation.account == account_id) & Conversation.dossier.is_null()


def _erase_account(number: int, now: datetime) -> None:
    """Delete an account with its drafts; where applications are kept by law, all but the row that they name."""
    Dossier.delete().where(_own_drafts(number)).execute()
    if not has_filed(number):
        Account.delete().where(Account.id == number).execute()
        return
    Conversation.delete().where(_own_questions(number)).execute()
    Notice.delete().where((Notice.account == number) & Notice.dossier.is_null()).execute()
    for table in (
        DataCopy,
        Entry,
        KeptForm,
        KnownBrowser,
        MutedReminder,
        Passkey,
        Recovery,
        Reminder,
        ResetLink,
        Session,
        Upload,
    ):
        table.delete().where(table.account == number).execute()
    _forget_address(number, now)


def _forget_address(number: int, now: datetime) -> None:
    """Take away how an account is entered and written to, and free its numbers for a new one."""
    account = Account.get_by_id(number)
    own = Dossier.select(Dossier.id).where(Dossier.account == number)
    SearchWord.delete().where(
        (SearchWord.word == fold(account.email)) & SearchWord.dossier.in_(own)
    ).execute()
    nowhere = f"closed-{number}@invalid"
    Conversation.update(email=nowhere).where(Conversation.account == number).execute()
    entered = {"foreign_number": None, "visa_number": None, "password_hash": "", "provisional_until": None}
    Account.update(email=nowhere, phone="", closed_at=now, **entered).where(Account.id == number).execute()


def has_filed(account_id: int) -> bool:
    """Return whether an account has an application that is kept without it."""
    filed = (Dossier.account == account_id) & (Dossier.state != State.DRAFT)
    return bool(Dossier.select().where(filed).exists())


def _files_of_hiring_check(number: int) -> Iterator[str]:
    for check in HiringCheck.select().where(HiringCheck.id == number):
        if check.conversation_id is not None:
            yield from _files_of_conversation(check.conversation_id)


def _erase_hiring_check(number: int, _now: datetime) -> None:
    """Delete a check with the copy of the card and the answers, which hang on its conversation."""
    check = HiringCheck.get_by_id(number)
    HiringCheck.delete().where(HiringCheck.id == number).execute()
    Conversation.delete().where(Conversation.id == check.conversation_id).execute()


def _deleting(table: type[Table]) -> Callable[[int, datetime], object]:
    return lambda number, _now: table.delete().where(table.primary_key() == number).execute()


_DOSSIER = (_files_of_dossier, _deleting(Dossier))

# In the order of the sweep: what goes with something else comes before it.
SUBJECTS: dict[Kept, Subject] = {
    Kept.COPY: Subject(DataCopy, over.copies, _files_of_copy, _deleting(DataCopy)),
    Kept.QUESTION: Subject(Conversation, over.questions, _files_of_conversation, _deleting(Conversation)),
    Kept.HIRING: Subject(HiringCheck, over.hiring_checks, _files_of_hiring_check, _erase_hiring_check),
    Kept.REMOVED_DOCUMENT: Subject(Document, over.removed_documents, _files_of_document, _deleting(Document)),
    Kept.DRAFT: Subject(Dossier, over.drafts, *_DOSSIER),
    Kept.DOSSIER: Subject(Dossier, over.dossiers, *_DOSSIER),
    Kept.LONG_PERMIT: Subject(Dossier, over.dossiers_of_long_permits, *_DOSSIER),
    Kept.CLOSED_ACCOUNT: Subject(
        Account, over.closed_accounts, _files_of_account, _erase_account, asked=True
    ),
    Kept.ACCOUNT: Subject(Account, over.accounts, _files_of_account, _erase_account),
}


def to_mark(kind: Kept, seen_from: datetime) -> Sequence[Any]:
    """Return rows of a kind, MOST at most, whose time is over at `seen_from` and that are not marked."""
    subject = SUBJECTS[kind]
    number = subject.table.primary_key()
    marked = Erasure.select(SQL("1")).where((Erasure.kind == str(kind)) & (Erasure.subject == number))
    return list(
        subject.table.select()
        .where(subject.over(seen_from) & ~fn.EXISTS(marked))
        .order_by(number)
        .limit(MOST)
    )


def locked_if_over(kind: Kept, number: int, seen_from: datetime) -> Any | None:
    """Return a row, locked until the transaction ends, if its time is still over; None otherwise."""
    subject = SUBJECTS[kind]
    same = subject.table.primary_key() == number
    if (
        subject.table is Account
    ):  # dossiers first, as everywhere; a draft that is being filed is no draft any more
        list(row_lock(Dossier.select(Dossier.id).where(Dossier.account == number).order_by(Dossier.id)))
    row_lock(subject.table.select(subject.table.primary_key()).where(same)).first()
    return subject.table.select().where(same & subject.over(seen_from)).first()


def mark(kind: Kept, number: int, due_at: datetime, now: datetime) -> bool:
    """Mark a row to be erased; return False if it is marked already."""
    columns = {"kind": str(kind), "subject": number, "marked_at": now, "due_at": due_at}
    return bool(Erasure.insert(columns).on_conflict_ignore().execute())


def due(kind: Kept, now: datetime) -> Sequence[Erasure]:
    """Return what is marked and due at an instant, the first due first, MOST at most."""
    waiting = (Erasure.kind == str(kind)) & Erasure.done_at.is_null() & (Erasure.due_at <= now)
    return list(Erasure.select().where(waiting).order_by(Erasure.due_at, Erasure.id).limit(MOST))


def mark_of(kind: Kept, number: int) -> Erasure | None:
    """Return the mark of a row that waits to be erased, None without."""
    own = (Erasure.kind == str(kind)) & (Erasure.subject == number)
    return Erasure.get_or_none(own & Erasure.done_at.is_null())


def unmark(erasure: Erasure) -> bool:
    """Take back a mark; return False if the row is erased already."""
    return bool(Erasure.delete().where((Erasure.id == erasure.id) & Erasure.done_at.is_null()).execute())


def erase(kind: Kept, number: int, files: FileStore, now: datetime) -> int:
    """Erase a row and every file that it names; return how many files. Call it under the lock of the row.

    Files first: what fails in between leaves a row that is tried again, never a file without a row.
    """
    subject = SUBJECTS[kind]
    keys = list(filter(None, chain(subject.files(number))))
    for key in keys:
        files.delete(key)
    subject.erase(number, now)
    return len(keys)


def done(erasure: Erasure, files: int, now: datetime) -> None:
    """Turn a mark into the trace of what was erased."""
    Erasure.update(done_at=now, files=files).where(Erasure.id == erasure.id).execute()


def erased() -> Iterator[tuple[str, int]]:
    """Yield kind and number of all that was erased."""
    rows = Erasure.select(Erasure.kind, Erasure.subject).where(Erasure.done_at.is_null(False))
    yield from rows.order_by(Erasure.id).tuples().iterator()


def dossier_was_erased(dossier_id: int) -> bool:
    """Return whether a dossier is gone because its time was over."""
    kinds = [str(kind) for kind, subject in SUBJECTS.items() if subject.table is Dossier]
    traced = (Erasure.subject == dossier_id) & Erasure.kind.in_(kinds) & Erasure.done_at.is_null(False)
    gone = not Dossier.select().where(Dossier.id == dossier_id).exists()
    return gone and bool(Erasure.select().where(traced).exists())


def locked(kind: Kept, number: int) -> bool:
    """Lock a row until the transaction ends; return False if there is none."""
    table = SUBJECTS[kind].table
    return (
        row_lock(table.select(table.primary_key()).where(table.primary_key() == number)).first() is not None
    )

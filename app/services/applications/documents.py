"""Documents of a dossier: examination, storage and removal of files; explanations of missing ones."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossiers.states import State
from app.domain.rules.uploads import LIMITS, Refusal, Refused, Scan
from app.gateways.antivirus import Scanner
from app.services import uploads
from app.services.applications.changes import Phase, changing, phase
from app.services.received_files import Sent, receive
from app.storage import outbox
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.files import FileStore, new_key
from app.storage.models import Document, Dossier, Explanation, Upload


@dataclass(frozen=True)
class Attached:
    """The result of `attach`: the files stored, and for each of the others its name and why it is refused."""

    stored: tuple[Document, ...]
    refused: tuple[tuple[str, Refused], ...]


Also = Callable[[], object]


def attach(
    dossier: Dossier,
    slot: str,
    sent: Sequence[Sent],
    scanner: Scanner,
    files: FileStore,
    now: datetime,
    *,
    letter: bool = False,
    also: Also | None = None,
) -> Attached:
    """Store files for a supporting document. `letter`: a letter instead of the document.

    Files are examined and written before the dossier is locked, so that nobody waits for it and no row names a missing
    file; whether they still may enter, and fit, is decided under the lock. `also` is done in that transaction, unless
    every file is refused. Raises StaleDossier: see `changes.changing`.
    """
    room = LIMITS.max_files_a_slot - _count(dossier, slot)
    ready, refused = _examined(dossier, sent, room, scanner, files, now)
    for file in ready:
        file.document.slot, file.document.letter = slot, letter
    stored: list[_Ready] = []
    try:
        if ready:
            with suppress(_Full), changing(dossier, now) as row:
                stored = _record(row, ready, now)
                if also:
                    also()
    finally:
        beyond = [file for file in ready if file not in stored]
        destroy((file.document for file in beyond), files)
    uploads.release(filter(None, (file.upload for file in stored)), files)
    refused += [
        (file.document.name, _TOO_MANY) for file in beyond if not uploads.taken_meanwhile(file.upload)
    ]
    return Attached(tuple(file.document for file in stored), tuple(refused))


@dataclass(frozen=True, eq=False)
class _Ready:
    """A file examined and written, and the upload that it came by."""

    document: Document
    upload: Upload | None


class _Full(Exception):
    """Raised when other files took the last places meanwhile."""


_TOO_MANY = Refused(Refusal.TOO_MANY_FILES)


def _examined(
    dossier: Dossier, sent: Sequence[Sent], room: int, scanner: Scanner, files: FileStore, now: datetime
) -> tuple[list[_Ready], list[tuple[str, Refused]]]:
    """Examine and write files; return those that may enter, and name and refusal of the others."""
    ready: list[_Ready] = []
    refused: list[tuple[str, Refused]] = []
    for file in sent:
        if uploads.is_taken(file.upload):
            continue  # said again: it is there
        outcome = _prepare(file, dossier, scanner, files, now) if len(ready) < room else _TOO_MANY
        if isinstance(outcome, Refused):
            refused.append((file.name, outcome))
        else:
            ready.append(_Ready(outcome, file.upload))
    return ready, refused


def _count(dossier: Dossier, slot: str) -> int:
    """Count the files that the applicant sees and can remove: for an open request, those received since it was made."""
    received = [document for document in store.documents(dossier.id) if document.slot == slot]
    if phase(dossier) is not Phase.ASKED:
        return len(received)
    asked_at = complements.pending(dossier.id).asked_at
    return sum(document.received_at >= asked_at for document in received)


def _prepare(
    sent: Sent, dossier: Dossier, scanner: Scanner, files: FileStore, now: datetime
) -> Document | Refused:
    """Examine and write a file; return the row that will name it, but for its slot."""
    if sent.upload and sent.upload.refusal:
        return Refused(Refusal(sent.upload.refusal))
    received = receive(sent, f"account {dossier.account_id}", scanner, now)
    if isinstance(received, Refused):
        uploads.refuse(sent.upload, received, files, now)
        return received
    written = received.file
    key, preview_key = new_key(now, secrets.token_hex(16)), ""
    columns = received.store(key, files)
    if written.preview is not None:
        preview_key = f"{key}.preview"
        files.put(preview_key, written.preview)
    return Document(
        name=sent.shown_name,
        preview_key=preview_key,
        media_type=written.media_type,
        size=len(written.content),
        pages=written.pages,
        sha256=written.sha256,
        received_at=now,
        **columns,
    )


def _record(row: Dossier, ready: Sequence[_Ready], now: datetime) -> list[_Ready]:
    """Store the rows that still fit, in the transaction that holds the lock of their dossier, and return them.

    Raises _Full if none does: nothing has changed then, and nothing is recorded.
    """
    stored = []
    for file in ready:
        document = file.document
        if _count(row, document.slot) >= LIMITS.max_files_a_slot:
            break
        if not uploads.take(file.upload, now):
            continue
        document.dossier = row
        document.save(force_insert=True)
        if document.scan == Scan.WAITING:
            outbox.post("scan_document", {"document": document.id}, now, dossier=row.id)
        stored.append(file)
    if not stored:
        raise _Full
    return stored


def destroy(documents: Iterable[Document], files: FileStore) -> None:
    """Delete the bytes of files that no row names."""
    for document in documents:
        for key in document.keys:
            files.delete(key)


def remove(dossier: Dossier, document_id: int, files: FileStore, now: datetime) -> None:
    """Remove a file: delete it from a draft; mark it as removed once filed, as an agent may have seen it.

    Raises Document.DoesNotExist for a file of another dossier, StaleDossier.
    """
    owned_file = (
        (Document.id == document_id) & (Document.dossier == dossier.id) & Document.removed_at.is_null()
    )
    destroyed = []
    with changing(dossier, now) as row:
        document = Document.get(owned_file)
        if row.state == State.DRAFT:
            Document.delete().where(owned_file).execute()
            destroyed.append(document)
        else:
            Document.update(removed_at=now).where(owned_file).execute()
    destroy(destroyed, files)  # once the row is gone for good


def explain(dossier: Dossier, slot: str, text: str, now: datetime, also: Also | None = None) -> None:
    """Store why a document is missing; an empty text deletes the explanation. Raises StaleDossier."""
    with changing(dossier, now):
        if text:
            Explanation.insert(dossier=dossier, slot=slot, text=text, written_at=now).on_conflict(
                conflict_target=[Explanation.dossier, Explanation.slot],
                update={"text": text, "written_at": now},
            ).execute()
        else:
            of_slot = (Explanation.dossier == dossier) & (Explanation.slot == slot)
            Explanation.delete().where(of_slot).execute()
        if also:
            also()


def received(account_id: int, document_id: int) -> Document:
    """Return a file of an account's dossiers, even with a virus. Raises Document.DoesNotExist for any other."""
    return (
        Document.select(Document, Dossier)
        .join(Dossier)
        .where((Document.id == document_id) & (Dossier.account == account_id))
        .get()
    )


def owned(account_id: int, document_id: int) -> Document:
    """Return a file of an account's dossiers, unless it had a virus. Raises Document.DoesNotExist for any other."""
    found = received(account_id, document_id)
    if found.scan == Scan.INFECTED:
        raise Document.DoesNotExist
    return found

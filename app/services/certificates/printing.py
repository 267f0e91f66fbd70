"""Printing of PDF documents: each is drawn once, stored, then named by its row; its bytes never change afterwards."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from app.domain.dossiers.states import Role
from app.storage import outbox
from app.storage.applications import attestations as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.files import FileStore, new_key, read_unchanged
from app.storage.models import Attestation, Conversation, DecisionLetter, Dossier

Paper = TypeVar("Paper", Attestation, DecisionLetter, Conversation)

# The work that prints each kind of row, and the name of the row's number in its payload.
_WORK = {
    Attestation: ("print_attestation", "attestation"),
    DecisionLetter: ("print_letter", "letter"),
    Conversation: ("print_certificate", "conversation"),
    Dossier: ("print_application", "dossier"),
}


class NotPrintedYet(Exception):
    """Raised when the worker has not printed the document yet."""


def print_paper(
    table: type[Paper], number: int, draw: Callable[[Paper], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store the paper of a row; do nothing if it is stored already, by this worker or another."""
    row = table.get_or_none(table.id == number)
    if row is None or row.file_key:
        return
    content = draw(row)
    printed: dict[str, Any] = {"file_key": _put(content, files, now), "sha256": digest(content)}
    if hasattr(table, "size"):
        printed["size"] = len(content)
    unprinted = (table.id == number) & (table.file_key == "")
    if not table.update(printed).where(unprinted).execute():
        files.delete(printed["file_key"])  # another worker stored its file first


def print_application(
    dossier_id: int, draw: Callable[[Dossier], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store the application as it was filed; the first event of its kind has the key of the file."""
    if store.application_printed(dossier_id):
        return
    content = draw(Dossier.get_by_id(dossier_id))
    key = _put(content, files, now)
    facts = {"key": key, "size": len(content), "sha256": digest(content)}
    with database.atomic():
        row = dossiers.locked(dossier_id)
        first = store.application_printed(dossier_id) is None
        if first:
            dossiers.append_event(row, store.APPLICATION_PRINTED, Role.SYSTEM, now, facts=facts)
    if not first:
        files.delete(key)


Stored = tuple[str, str]  # key in the file store, SHA-256


def read_paper(paper: Attestation | DecisionLetter | Conversation, files: FileStore) -> bytes:
    """Return the printed paper. Raises NotPrintedYet, and FileChanged if the stored bytes changed."""
    return read_stored(stored_paper(paper), files)


def read_application(dossier: Dossier, files: FileStore) -> bytes:
    """Return the printed application. Raises NotPrintedYet, and FileChanged if the stored bytes changed."""
    return read_stored(stored_application(dossier), files)


def stored_paper(paper: Attestation | DecisionLetter | Conversation) -> Stored | None:
    """Return where a printed paper is, None if it is not printed yet."""
    return (paper.file_key, paper.sha256) if paper.file_key else None


def stored_application(dossier: Dossier) -> Stored | None:
    """Return where the printed application is, None if it is not printed yet."""
    printed = store.application_printed(dossier.id)
    return (str(printed["key"]), str(printed["sha256"])) if printed else None


def read_stored(stored: Stored | None, files: FileStore) -> bytes:
    """Return the bytes of a printed paper, without asking the database. Raises NotPrintedYet, FileChanged."""
    if stored is None:
        raise NotPrintedYet
    return read_unchanged(files, *stored)


def keeps_failing(row: Attestation | DecisionLetter | Conversation | Dossier) -> bool:
    """Return whether the paper of a row is not printed after several tries; for a dossier, its application."""
    if not isinstance(row, Dossier) and row.file_key:
        return False
    work, name = _WORK[type(row)]
    return outbox.keeps_failing(work, {name: row.id})


def _put(content: bytes, files: FileStore, now: datetime) -> str:
    key: str = new_key(now, secrets.token_hex(16))
    files.put(key, content)
    return key


def digest(content: bytes) -> str:
    """Return the SHA-256 of a paper."""
    return hashlib.sha256(content).hexdigest()

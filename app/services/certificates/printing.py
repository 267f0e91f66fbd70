"""Paper made once: drawn, stored, then named by its row, and the same bytes ever after."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.states import Role
from app.storage.applications import attestations as store
from app.storage.applications import decision_letters, dossiers
from app.storage.database import database
from app.storage.files import FileStore, new_key
from app.storage.models import Attestation, DecisionLetter, Dossier


class NotPrintedYet(Exception):
    """The worker has not made this document yet: it will be there in a moment."""


class Damaged(Exception):
    """The stored bytes are not the ones that were printed; nobody is given them."""


def print_attestation(
    attestation_id: int, draw: Callable[[Facts], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store a certificate, unless it was done: a second run, or a second worker, changes nothing."""
    attestation = store.by_id(attestation_id)
    if attestation is None or attestation.file_key:
        return
    content = draw(Facts.from_json(attestation.facts))
    key = _put(content, files, now)
    unprinted = (Attestation.id == attestation_id) & (Attestation.file_key == "")
    named = (
        Attestation.update(file_key=key, size=len(content), sha256=_digest(content))
        .where(unprinted)
        .execute()
    )
    if not named:
        files.delete(key)  # another worker was first: its bytes are the ones that count


def print_application(
    dossier_id: int, draw: Callable[[Dossier], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store the application as it was filed; its place is told by one event, the first."""
    if store.application_printed(dossier_id):
        return
    content = draw(Dossier.get_by_id(dossier_id))
    key = _put(content, files, now)
    facts = {"key": key, "size": len(content), "sha256": _digest(content)}
    with database.atomic():
        row = dossiers.locked(dossier_id)
        first = store.application_printed(dossier_id) is None
        if first:
            dossiers.append_event(row, store.APPLICATION_PRINTED, Role.SYSTEM, now, facts=facts)
    if not first:
        files.delete(key)


def print_letter(
    letter_id: int, draw: Callable[[DecisionLetter], bytes], files: FileStore, now: datetime
) -> None:
    """Draw and store the letter of a decision, unless it was done."""
    letter = decision_letters.by_id(letter_id)
    if letter is None or letter.file_key:
        return
    content = draw(letter)
    key = _put(content, files, now)
    unprinted = (DecisionLetter.id == letter_id) & (DecisionLetter.file_key == "")
    named = DecisionLetter.update(file_key=key, size=len(content), sha256=_digest(content)).where(unprinted)
    if not named.execute():
        files.delete(key)  # another worker was first: its bytes are the ones that count


def read_attestation(attestation: Attestation, files: FileStore) -> bytes:
    """The certificate as it was printed; NotPrintedYet, or Damaged when the store changed it."""
    return _printed(attestation, files)


def read_letter(letter: DecisionLetter, files: FileStore) -> bytes:
    """The letter as it was printed; NotPrintedYet, or Damaged when the store changed it."""
    return _printed(letter, files)


def _printed(paper: Attestation | DecisionLetter, files: FileStore) -> bytes:
    if not paper.file_key:
        raise NotPrintedYet
    return _read(paper.file_key, paper.sha256, files)


def read_application(dossier: Dossier, files: FileStore) -> bytes:
    """The application as it was printed; NotPrintedYet, or Damaged when the store changed it."""
    printed = store.application_printed(dossier.id)
    if printed is None:
        raise NotPrintedYet
    return _read(str(printed["key"]), str(printed["sha256"]), files)


def _put(content: bytes, files: FileStore, now: datetime) -> str:
    key: str = new_key(now, secrets.token_hex(16))
    files.put(key, content)
    return key


def _read(key: str, sha256: str, files: FileStore) -> bytes:
    content = files.read(key)
    if _digest(content) != sha256:
        raise Damaged(key)
    return content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""Documents of a dossier: examination, virus scan, storage and removal of files; explanations of missing ones."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from app.domain.dossiers.states import State
from app.domain.rules.uploads import LIMITS, Refusal, Refused
from app.gateways.antivirus import Scanner, Verdict
from app.intake import Accepted, examine
from app.storage import outbox
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.files import FileStore, new_key
from app.storage.models import Document, Dossier, Explanation


@dataclass(frozen=True)
class Received:
    """The result of `attach` for an accepted file."""

    document: Document


@dataclass(frozen=True)
class Sent:
    """A file as it was sent: its name, for display only, and its bytes; the claimed media type is ignored."""

    name: str
    content: bytes


def attach(
    dossier: Dossier,
    slot: str,
    sent: Sent,
    scanner: Scanner,
    files: FileStore,
    now: datetime,
    *,
    letter: bool = False,
) -> Received | Refused:
    """Store a file for a supporting document, or return why it is refused. `letter`: a letter instead of the document.

    The file is written before its row, so that a row never names a missing file.
    """
    earlier = [document for document in store.documents(dossier.id) if document.slot == slot]
    if len(earlier) >= LIMITS.max_files_a_slot:
        return Refused(Refusal.TOO_MANY_FILES, {"max": LIMITS.max_files_a_slot})
    outcome = examine(sent.content)
    if isinstance(outcome, Refused):
        return outcome
    verdict = scanner.scan(sent.content)
    if verdict is Verdict.INFECTED:
        return Refused(Refusal.INFECTED, {})
    key, preview_key = _store(outcome, files, now)
    document = Document(
        dossier=dossier,
        slot=slot,
        name=sent.name[-120:],
        key=key,
        preview_key=preview_key,
        media_type=outcome.media_type,
        size=len(outcome.content),
        pages=outcome.pages,
        sha256=outcome.sha256,
        letter=letter,
        scan="clean" if verdict is Verdict.CLEAN else "waiting",
        received_at=now,
    )
    return _record(document, now)


def _record(document: Document, now: datetime) -> Received:
    with database.atomic():
        document.save(force_insert=True)
        if document.scan == "waiting":
            outbox.post("scan_document", {"document": document.id}, now)
        Dossier.update(saved_at=now).where(Dossier.id == document.dossier_id).execute()
    return Received(document)


def _store(accepted: Accepted, files: FileStore, now: datetime) -> tuple[str, str]:
    key = new_key(now, secrets.token_hex(16))
    files.put(key, accepted.content)
    if accepted.preview is None:
        return key, ""
    preview_key = f"{key}.preview"
    files.put(preview_key, accepted.preview)
    return key, preview_key


def remove(dossier: Dossier, document_id: int, files: FileStore, now: datetime) -> None:
    """Remove a file: delete it from a draft; mark it as removed once filed, as an agent may have seen it.

    Raises Document.DoesNotExist for a file of another dossier.
    """
    owned_file = (
        (Document.id == document_id) & (Document.dossier == dossier.id) & Document.removed_at.is_null()
    )
    document = Document.get(owned_file)
    if dossier.state != State.DRAFT:
        Document.update(removed_at=now).where(owned_file).execute()
        return
    Document.delete().where(owned_file).execute()
    for key in filter(None, (document.key, document.preview_key)):
        files.delete(key)


def explain(dossier: Dossier, slot: str, text: str, now: datetime) -> None:
    """Store why a document is missing; an empty text deletes the explanation."""
    if not text:
        Explanation.delete().where((Explanation.dossier == dossier.id) & (Explanation.slot == slot)).execute()
        return
    Explanation.insert(dossier=dossier, slot=slot, text=text, written_at=now).on_conflict(
        conflict_target=[Explanation.dossier, Explanation.slot], update={"text": text, "written_at": now}
    ).execute()


def owned(account_id: int, document_id: int) -> Document:
    """Return a file of an account's dossiers. Raises Document.DoesNotExist for any other."""
    return (
        Document.select(Document, Dossier)
        .join(Dossier)
        .where((Document.id == document_id) & (Dossier.account == account_id))
        .get()
    )

"""The stored files of a dossier: their keys, and the digests that they had when they were stored."""

from collections.abc import Iterator

from app.domain.rules.uploads import Scan
from app.storage import uploads
from app.storage.applications import attestations, decision_letters, dossiers
from app.storage.applications.attestations import APPLICATION_PRINTED
from app.storage.models import (
    Attachment,
    Attestation,
    Conversation,
    DataCopy,
    DecisionLetter,
    Document,
    Event,
    Message,
    Upload,
)


def of_dossier(dossier_id: int) -> Iterator[tuple[str, str]]:
    """Yield the key and the digest of each file that is kept: documents, papers, files of messages."""
    received = [file for file in dossiers.all_documents(dossier_id) if file.scan != Scan.INFECTED]
    yield from ((file.key, file.sha256) for file in received)
    if printed := attestations.application_printed(dossier_id):
        yield str(printed["key"]), str(printed["sha256"])
    papers: tuple[Attestation | DecisionLetter, ...] = (
        *attestations.listed(dossier_id),
        *decision_letters.of_dossier(dossier_id),
    )
    for paper in papers:
        if paper.file_key:
            yield paper.file_key, paper.sha256
    joined = Attachment.select().join(Message).join(Conversation).where(Conversation.dossier == dossier_id)
    joined = joined.where(Attachment.scan != Scan.INFECTED)
    yield from ((file.key, file.sha256) for file in joined.order_by(Attachment.id))


def dossier_of(key: str) -> int | None:
    """Return the dossier that a file belongs to; None if it is of none."""
    for table, column in (
        (Document, Document.key),
        (Attestation, Attestation.file_key),
        (DecisionLetter, DecisionLetter.file_key),
    ):
        if row := table.select(table.dossier).where(column == key).first():
            return int(row.dossier_id)
    of_message = Conversation.select(Conversation.dossier).join(Message).join(Attachment)
    row = of_message.where(Attachment.key == key).first()
    return row.dossier_id if row else None


def everything() -> Iterator[tuple[str, str]]:
    """Yield the key of each file that a row names, and its digest; "" where none is kept."""
    for files in (Document, Attachment):
        for row in files.select().iterator():
            yield row.key, row.sha256
            yield from ((key, "") for key in row.keys if key != row.key)
    for papers in (Attestation, DecisionLetter):
        yield from ((row.file_key, row.sha256) for row in papers.select().iterator() if row.file_key)
    for others in (Conversation, DataCopy):
        yield from ((row.file_key, "") for row in others.select().iterator() if row.file_key)
    for event in Event.select().where(Event.action == APPLICATION_PRINTED).iterator():
        if event.facts:
            yield str(event.facts["key"]), str(event.facts["sha256"])
    for upload in Upload.select().where(Upload.settled_at.is_null()).iterator():
        yield from ((key, "") for key in uploads.keys(upload)[:-1])


def may_be_there() -> Iterator[str]:
    """Yield the keys of what may be there, or not.

    A server may have stored a piece just before it was cut off: its next try writes there. The pieces of a file that a
    page took are deleted after the transaction that took it.
    """
    for upload in Upload.select().iterator():
        yield from uploads.keys(upload) if upload.settled_at else uploads.keys(upload)[-1:]

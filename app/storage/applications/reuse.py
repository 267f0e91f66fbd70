"""Queries on what a person gave before; the person is part of each."""

from collections.abc import Sequence

from app.storage.models import Document, Dossier


def files(account_id: int, except_in: int, slots: Sequence[str]) -> Sequence[Document]:
    """Files in force of the person's other filed dossiers, free of viruses, letters left out, the latest first."""
    return list(
        Document.select(Document)
        .join(Dossier)
        .where(
            (Dossier.account == account_id)
            & (Dossier.id != except_in)
            & Dossier.reference.is_null(False)
            & Document.slot.in_(list(slots))
            & (Document.scan == "clean")
            & ~Document.letter
            & Document.removed_at.is_null()
        )
        .order_by(Document.dossier.desc(), Document.id.desc())
    )


def latest_answers(account_id: int) -> Dossier | None:
    """The answers of the person's last filed application, with its day."""
    mine = (Dossier.account == account_id) & Dossier.reference.is_null(False)
    return Dossier.select(Dossier.sealed, Dossier.filed_on).where(mine).order_by(Dossier.id.desc()).first()

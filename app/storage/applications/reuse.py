"""Queries on earlier files and answers of an applicant; the account is part of each query."""

from collections.abc import Sequence

from app.storage.models import Document, Dossier


def files(account_id: int, except_in: int, slots: Sequence[str]) -> Sequence[Document]:
    """Return clean files in force of the applicant's other filed dossiers, without letters, newest dossier first."""
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
    """Return the sealed answers and the filing date of the applicant's last filed dossier."""
    mine = (Dossier.account == account_id) & Dossier.reference.is_null(False)
    return Dossier.select(Dossier.sealed, Dossier.filed_on).where(mine).order_by(Dossier.id.desc()).first()

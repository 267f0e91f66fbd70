"""Queries on earlier files and answers of an applicant; the account is part of each query."""

from collections.abc import Sequence

from app.domain.rules.uploads import Scan
from app.storage.models import Document, Dossier


def files(
    account_id: int, except_in: int, slots: Sequence[str], drafts_of: Sequence[str] = ()
) -> Sequence[Document]:
    """Return clean files in force of the applicant's other dossiers, without letters, newest dossier first.

    Included are filed dossiers, and drafts of the procedures with a slug in `drafts_of`.
    """
    return list(
        Document.select(Document)
        .join(Dossier)
        .where(
            (Dossier.account == account_id)
            & (Dossier.id != except_in)
            & (Dossier.reference.is_null(False) | Dossier.journey.in_(list(drafts_of)))
            & Document.slot.in_(list(slots))
            & (Document.scan == Scan.CLEAN)
            & ~Document.letter
            & Document.removed_at.is_null()
        )
        .order_by(Document.dossier.desc(), Document.id.desc())
    )


def latest_answers(account_id: int) -> Dossier | None:
    """Return the sealed answers and the filing date of the applicant's last filed dossier."""
    mine = (Dossier.account == account_id) & Dossier.reference.is_null(False)
    kept = (Dossier.sealed, Dossier.filed_on, Dossier.journey, Dossier.journey_version)
    return Dossier.select(*kept).where(mine).order_by(Dossier.id.desc()).first()


def latest_draft(account_id: int, journeys: Sequence[str]) -> Dossier | None:
    """Return the applicant's draft last saved in one of some procedures, by slug; None if there is none."""
    mine = (Dossier.account == account_id) & Dossier.reference.is_null() & Dossier.journey.in_(list(journeys))
    return Dossier.select().where(mine).order_by(Dossier.saved_at.desc()).first() if journeys else None

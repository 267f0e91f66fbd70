"""An agent goes through the documents: what is right, what is wrong with the others."""

from datetime import datetime

from app.domain.dossiers import audit as chain
from app.domain.dossiers.complements import marks_for
from app.domain.dossiers.states import Role
from app.services.review.dossier_view import DossierView, view_dossier
from app.services.review.requested_documents import RequestedDocument
from app.storage.applications import audit, dossiers
from app.storage.database import database
from app.storage.models import Agent, DocumentMark


class UnknownMark(Exception):
    """No such document in this dossier, nothing left to check in it, or no such word for this document."""


class StaleDocument(Exception):
    """A file came or went since the page was shown: what was read is not what there is."""


def mark(agent: Agent, reference: str, slot: str, word: str, version: str, now: datetime) -> DossierView:
    """Keep what an agent says of a document, as they saw it; the dossier as it is then.

    A mark is no move: it changes nothing that a decision or the applicant relies on, and a colleague's open page must
    not become stale because somebody read a document. It is guarded by the version of the very document instead.
    Raises Dossier.DoesNotExist, UnknownMark, StaleDocument.
    """
    with database.atomic():
        dossiers.locked(view_dossier(agent, reference).dossier.id)
        found = view_dossier(agent, reference)
        piece = _piece(found, slot)
        if word not in {one.key for one in marks_for(bool(piece.files), piece.letter)}:
            raise UnknownMark
        if piece.version != version:
            raise StaleDocument
        DocumentMark.create(dossier=found.dossier, slot=slot, mark=word, version=version, agent=agent, at=now)
        facts = {"slot": slot, "mark": word, "version": version}
        audit.append(found.dossier.id, Role.AGENT, chain.MARKED, now, agent, facts)
        return view_dossier(agent, reference)


def _piece(found: DossierView, slot: str) -> RequestedDocument:
    piece = next((one for one in found.pieces if one.key == slot), None)
    if piece is None or not found.checkable:
        raise UnknownMark
    return piece

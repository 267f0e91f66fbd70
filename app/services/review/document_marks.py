"""Marks that an agent puts on documents while checking them: in order, or what is wrong."""

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
    """Raised if the dossier has no such document, is no longer to be checked, or the mark does not apply to it."""


class StaleDocument(Exception):
    """Raised if a file of the document was added or removed since the page was shown."""


def mark(agent: Agent, reference: str, slot: str, key: str, version: str, now: datetime) -> DossierView:
    """Store an agent's mark on a version of a document and return the dossier as it is then.

    A mark is not a transition: the decision and the applicant do not depend on it, and a colleague's page must not
    become stale because a document was read. The version of the document guards it instead.
    Raises Dossier.DoesNotExist, UnknownMark, StaleDocument.
    """
    with database.atomic():
        dossiers.locked(view_dossier(agent, reference, now).dossier.id)
        view = view_dossier(agent, reference, now)
        requested = _checkable_document(view, slot)
        if key not in {known.key for known in marks_for(bool(requested.files), requested.letter)}:
            raise UnknownMark
        if requested.version != version:
            raise StaleDocument
        DocumentMark.create(dossier=view.dossier, slot=slot, mark=key, version=version, agent=agent, at=now)
        facts = {"slot": slot, "mark": key, "version": version}
        audit.append(view.dossier.id, Role.AGENT, chain.MARKED, now, agent, facts)
        return view_dossier(agent, reference, now)


def _checkable_document(view: DossierView, slot: str) -> RequestedDocument:
    requested = next((requested for requested in view.requested_documents if requested.key == slot), None)
    if requested is None or not view.checkable:
        raise UnknownMark
    return requested

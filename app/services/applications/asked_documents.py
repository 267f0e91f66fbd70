"""The documents that a dossier may have: its procedure's, and those that agents asked for by name."""

from app.domain.journeys.journey import SupportingDocument
from app.domain.procedures import journey
from app.storage.applications import complements
from app.storage.models import Dossier


def others(dossier_id: int) -> tuple[SupportingDocument, ...]:
    """Return the documents that were asked for outside the procedure's list."""
    return tuple(SupportingDocument(key, title) for key, title in complements.others(dossier_id).items())


def documents_of(dossier: Dossier) -> tuple[SupportingDocument, ...]:
    """Return every document that the procedure knows, needed in this case or not, and the others."""
    return (*journey(dossier.journey, dossier.journey_version).documents, *others(dossier.id))

"""Fingerprints that a service takes before a card is made."""

from app.domain.dossiers.appointments import PRINTS_WAIVED, Purpose
from app.domain.dossiers.states import State
from app.storage import appointments
from app.storage.applications import dossiers
from app.storage.models import Dossier


def missing(dossier: Dossier) -> bool:
    """Return whether production waits for fingerprints: the service takes them before, and the person did not come."""
    if dossier.state != State.FAVOURABLE or not dossier.with_card:
        return False
    if dossier.service is None or not dossier.service.fingerprints:
        return False
    came = appointments.was_kept(dossier.id, Purpose.FINGERPRINTS)
    return not came and not dossiers.has_event(dossier.id, PRINTS_WAIVED)

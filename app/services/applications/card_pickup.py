"""Confirmation by the applicant that they collected their card; an agent can record the hand-over instead."""

from datetime import datetime

from app.domain.actions.applicants import COLLECT
from app.domain.dossiers.appointments import Cause
from app.domain.dossiers.states import Role, State
from app.domain.texts.notices import NoticeKind
from app.services.appointments import invitations
from app.services.messages import notices
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Dossier


def collect(dossier: Dossier, now: datetime) -> None:
    """Close a dossier whose card is available. Raises ForbiddenTransition in any other state."""
    with database.atomic():
        row = store.locked(dossier.id)
        store.transition(row, COLLECT.transition(State(row.state), Role.APPLICANT), now)
        notices.notify(row, NoticeKind.COLLECTED, now)
        invitations.end(row, Cause.HANDED_OVER, now)

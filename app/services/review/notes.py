"""Internal notes of agents on a dossier. They are transferred with it: the other service needs them too."""

import hashlib
from datetime import datetime

from app.domain.dossiers import audit as chain
from app.domain.dossiers.states import Role
from app.services.review.dossier_view import DossierView
from app.storage.applications import audit, dossiers
from app.storage.database import database
from app.storage.models import Agent, Dossier, InternalNote


def write(view: DossierView, agent: Agent, text: str, now: datetime) -> InternalNote:
    """Store a note; its audit record has the SHA-256 of the text, so that a later change is detected.

    Raises Dossier.DoesNotExist once the dossier is another service's.
    """
    with database.atomic():
        if dossiers.locked(view.dossier.id).service_id != agent.service_id:
            raise Dossier.DoesNotExist
        note = InternalNote.create(dossier=view.dossier, agent=agent, at=now, text=text)
        facts = {"note": note.id, "content": hashlib.sha256(text.encode()).hexdigest()}
        audit.append(view.dossier.id, Role.AGENT, chain.NOTED, now, agent, facts)
    return note


def strike(view: DossierView, agent: Agent, number: int, now: datetime) -> None:
    """Strike out a note of the agent; it stays readable. Raises InternalNote.DoesNotExist for a colleague's."""
    own = (
        (InternalNote.id == number)
        & (InternalNote.dossier == view.dossier.id)
        & (InternalNote.agent == agent.id)
    )
    with database.atomic():
        struck = InternalNote.update(struck_at=now).where(own & InternalNote.struck_at.is_null()).execute()
        if struck:
            audit.append(view.dossier.id, Role.AGENT, chain.STRUCK, now, agent, {"note": number})
        else:
            InternalNote.get(own)  # struck already by a first click: no error, unless it is not the agent's

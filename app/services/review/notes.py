"""Notes that agents write on a dossier for one another.

They follow the dossier to another service: they are about it, and who takes it over needs them.
"""

import hashlib
from datetime import datetime

from app.domain.dossiers import audit as chain
from app.domain.dossiers.states import Role
from app.services.review.dossier_view import DossierView
from app.storage.applications import audit
from app.storage.database import database
from app.storage.models import Agent, InternalNote


def write(review: DossierView, agent: Agent, text: str, now: datetime) -> InternalNote:
    """Keep a note; the record holds its digest, so that a changed word is told."""
    with database.atomic():
        note = InternalNote.create(dossier=review.dossier, agent=agent, at=now, text=text)
        facts = {"note": note.id, "content": hashlib.sha256(text.encode()).hexdigest()}
        audit.append(review.dossier.id, Role.AGENT, chain.NOTED, now, agent, facts)
    return note


def strike(review: DossierView, agent: Agent, number: int, now: datetime) -> None:
    """Strike out one's own note: it stays readable, marked. InternalNote.DoesNotExist for anybody else's."""
    mine = (
        (InternalNote.id == number)
        & (InternalNote.dossier == review.dossier.id)
        & (InternalNote.agent == agent.id)
    )
    with database.atomic():
        struck = InternalNote.update(struck_at=now).where(mine & InternalNote.struck_at.is_null()).execute()
        if struck:
            audit.append(review.dossier.id, Role.AGENT, chain.STRUCK, now, agent, {"note": number})
        else:
            InternalNote.get(mine)  # a second click is no error

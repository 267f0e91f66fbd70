"""Reading a dossier as an agent: nothing of it is shown before the reading is recorded.

The one write that a GET may make is here.
"""

from datetime import datetime

from app.domain.dossiers import audit as chain
from app.domain.dossiers.states import Role
from app.services.review.dossier_view import DossierView, view_dossier
from app.storage.applications import audit, conversations
from app.storage.database import database
from app.storage.models import Agent, Conversation, Document
from app.storage.review import dossier_view


def open_dossier(agent: Agent, reference: str, now: datetime) -> DossierView:
    """A dossier of the agent's service, for its page; Dossier.DoesNotExist for another's."""
    with database.atomic():
        found = view_dossier(agent, reference)
        audit.append(found.dossier.id, Role.AGENT, chain.OPENED, now, agent)
    return found


def open_file(agent: Agent, reference: str, document_id: int, now: datetime) -> Document:
    """A file of such a dossier, replaced ones too; Document.DoesNotExist for another service's."""
    with database.atomic():
        found = dossier_view.document(agent.service_id, reference, document_id)
        audit.append(found.dossier_id, Role.AGENT, chain.READ, now, agent, {"document": found.id})
    return found


def open_conversation(agent: Agent, number: str, now: datetime) -> Conversation:
    """A conversation of the agent's service, recorded if it is about a dossier; DoesNotExist for another's."""
    with database.atomic():
        found = conversations.in_service(agent.service_id, number)
        if found.dossier_id is not None:
            facts = {"conversation": found.id}
            audit.append(found.dossier_id, Role.AGENT, chain.READ, now, agent, facts)
    return found

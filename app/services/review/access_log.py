"""Log of accesses by agents: each function records the access in the audit records before it returns what was read.

These are the only writes made by GET requests, beside the time of a session's last visit.
"""

from datetime import datetime, timedelta

from app.domain.dossiers import audit as chain
from app.domain.dossiers.states import Role
from app.services.review import papers
from app.services.review.dossier_view import DossierView, view_dossier
from app.services.review.papers import Paper
from app.storage.applications import audit, conversations
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Agent, Conversation, Document
from app.storage.review import dossier_view

TURNING = timedelta(minutes=15)  # turning the pages of a file for so long is one reading


def open_dossier(agent: Agent, reference: str, now: datetime) -> DossierView:
    """Return a dossier of the agent's service and record the access. Raises Dossier.DoesNotExist for another's."""
    with database.atomic():
        view = view_dossier(agent, reference, now)
        audit.append(view.dossier.id, Role.AGENT, chain.OPENED, now, agent)
    return view


def open_file(agent: Agent, reference: str, document_id: int, now: datetime) -> Document:
    """Return a file of a dossier of the agent's service, replaced ones too, and record the access.

    Raises Document.DoesNotExist for another service's.
    """
    with database.atomic():
        document = dossier_view.document(agent.service_id, reference, document_id)
        audit.append(document.dossier_id, Role.AGENT, chain.READ, now, agent, {"document": document.id})
    return document


def open_page(agent: Agent, reference: str, document_id: int, now: datetime) -> Document:
    """Return a file of a dossier of the agent's service to be read page by page.

    The access is recorded once while the agent turns its pages. Raises Document.DoesNotExist for another service's.
    """
    document = dossier_view.document(agent.service_id, reference, document_id)
    last = audit.last_reading(document.dossier_id, agent.id)
    if last is None or last.facts != {"document": document.id} or now - last.at > TURNING:
        return open_file(agent, reference, document_id, now)
    return document


def open_paper(agent: Agent, reference: str, key: str, now: datetime) -> Paper:
    """Return a printed paper of a dossier of the agent's service and record the access.

    Raises Dossier.DoesNotExist for another service's, UnknownPaper.
    """
    with database.atomic():
        dossier = store.in_service(agent.service_id, reference)
        paper = papers.named(dossier, key)
        audit.append(dossier.id, Role.AGENT, chain.READ, now, agent, {"paper": key})
    return paper


def take_away(agent: Agent, reference: str, now: datetime) -> DossierView:
    """Return a dossier of the agent's service to be copied whole, and record that. Raises Dossier.DoesNotExist."""
    with database.atomic():
        view = view_dossier(agent, reference, now)
        audit.append(view.dossier.id, Role.AGENT, chain.READ, now, agent, {"whole": True})
    return view


def open_conversation(agent: Agent, number: str, now: datetime) -> Conversation:
    """Return a conversation of the agent's service and record the access if it is about a dossier.

    Raises Conversation.DoesNotExist for another service's.
    """
    with database.atomic():
        conversation = conversations.in_service(agent.service_id, number)
        if conversation.dossier_id is not None:
            facts = {"conversation": conversation.id}
            audit.append(conversation.dossier_id, Role.AGENT, chain.READ, now, agent, facts)
    return conversation

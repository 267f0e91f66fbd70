"""Log of accesses by agents: each function records the access in the audit records before it returns what was read.

These are the only writes made by GET requests, beside the time of a session's last visit. Reading in bulk ends at
`limits.READING` with TooSoon, and whoever answers for the agent is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from app.domain.dossiers import audit as chain
from app.domain.dossiers.states import Role
from app.services.access import throttles
from app.services.access.limits import READING, READING_TOLD, Quota
from app.services.access.origins import NOWHERE
from app.services.access.throttles import TooSoon
from app.services.messages import emails
from app.services.review import papers
from app.services.review.dossier_view import DossierView, view_dossier
from app.services.review.papers import Paper
from app.storage.applications import audit, conversations
from app.storage.applications import dossiers as store
from app.storage.database import database
from app.storage.models import Agent, Conversation, Document, SearchRecord
from app.storage.people import agents
from app.storage.review import dossier_view

TURNING = timedelta(minutes=15)  # turning the pages of a file for so long is one reading
COVERED = timedelta(hours=1)  # by one reading of a dossier: its further pages are no further dossier
TYPING = timedelta(minutes=1)
MOST_DOSSIERS = READING.account.most if isinstance(READING.account, Quota) else 0


def open_dossier(agent: Agent, reference: str, now: datetime) -> DossierView:
    """Return a dossier of the agent's service and record the access. Raises Dossier.DoesNotExist for another's."""
    with _counted(agent, now):
        view = view_dossier(agent, reference, now)
        _count(agent, view.dossier.id, now)
        audit.append(view.dossier.id, Role.AGENT, chain.OPENED, now, agent)
    return view


def open_file(agent: Agent, reference: str, document_id: int, now: datetime) -> Document:
    """Return a file of a dossier of the agent's service, replaced ones too, and record the access.

    Raises Document.DoesNotExist for another service's.
    """
    with _counted(agent, now):
        document = dossier_view.document(agent.service_id, reference, document_id)
        _count(agent, document.dossier_id, now)
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
    with _counted(agent, now):
        dossier = store.in_service(agent.service_id, reference)
        paper = papers.named(dossier, key)
        _count(agent, dossier.id, now)
        audit.append(dossier.id, Role.AGENT, chain.READ, now, agent, {"paper": key})
    return paper


def take_away(agent: Agent, reference: str, now: datetime) -> DossierView:
    """Return a dossier of the agent's service to be copied whole, and record that. Raises Dossier.DoesNotExist."""
    with _counted(agent, now):
        view = view_dossier(agent, reference, now)
        _count(agent, view.dossier.id, now)
        audit.append(view.dossier.id, Role.AGENT, chain.READ, now, agent, {"whole": True})
    return view


def open_conversation(agent: Agent, number: str, now: datetime) -> Conversation:
    """Return a conversation of the agent's service and record the access if it is about a dossier.

    Raises Conversation.DoesNotExist for another service's.
    """
    with _counted(agent, now):
        conversation = conversations.in_service(agent.service_id, number)
        if conversation.dossier_id is not None:
            _count(agent, conversation.dossier_id, now)
            facts = {"conversation": conversation.id}
            audit.append(conversation.dossier_id, Role.AGENT, chain.READ, now, agent, facts)
    return conversation


def searched(agent: Agent, words: str, now: datetime) -> None:
    """Record what an agent searches for; letters added to the same words within a minute are one search."""
    with database.atomic():
        mine = SearchRecord.select().where((SearchRecord.agent == agent) & (SearchRecord.at > now - TYPING))
        last = mine.order_by(SearchRecord.id.desc()).first()
        if last is not None and (words.startswith(last.words) or last.words.startswith(words)):
            longer = max(words, last.words, key=len)
            SearchRecord.update(words=longer, at=now).where(SearchRecord.id == last.id).execute()
        else:
            SearchRecord.create(agent=agent, service=agent.service_id, words=words, at=now)


@contextmanager
def _counted(agent: Agent, now: datetime) -> Iterator[None]:
    """Run a reading in a transaction; if the agent has read too much, tell their supervisor, once an hour."""
    try:
        with database.atomic():
            yield
    except TooSoon:
        with suppress(TooSoon), database.atomic():
            throttles.attempt(READING_TOLD, agent.id, NOWHERE, now)
            for person in agents.answerable_for(agent):
                facts: dict[str, str | int] = {
                    "name": agent.name,
                    "many": MOST_DOSSIERS,
                    "at": now.isoformat(),
                }
                emails.write("staff/bulk_reading", person.email, person.language, facts, now)
        raise


def _count(agent: Agent, dossier_id: int, now: datetime) -> None:
    """Count a dossier that the agent has not read within COVERED. Raises TooSoon."""
    if not audit.read_since(dossier_id, agent.id, now - COVERED):
        throttles.attempt(READING, agent.id, NOWHERE, now)

"""Work about a dossier that failed, for the agents of its service: tried again, or settled otherwise."""

from datetime import datetime

from app.domain.dossiers.states import Role
from app.storage import failed_work as store
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Agent, Dossier, Outbox

RETRIED, SETTLED = "work_retried", "work_settled"


def of_service(agent: Agent, reference: str, number: int) -> tuple[Dossier, Outbox]:
    """Return a dossier of the agent's service and a failed piece of its work; DoesNotExist for any other."""
    dossier = dossiers.in_service(agent.service_id, reference)
    return dossier, store.one_of(dossier.id, number)


def retry(dossier: Dossier, work: Outbox, agent: Agent, now: datetime) -> None:
    """Have failed work tried again, now; nothing if it was meanwhile."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        if store.due_again(now, Outbox.id == work.id):
            dossiers.append_event(row, RETRIED, Role.AGENT, now, agent=agent, facts={"kind": work.kind})


def settle(dossier: Dossier, work: Outbox, reason: str, agent: Agent, now: datetime) -> None:
    """End failed work that the agent did otherwise, with how; nothing if it is done meanwhile."""
    with database.atomic():
        row = dossiers.locked(dossier.id)
        if store.settle(work.id, now):
            facts = {"kind": work.kind}
            dossiers.append_event(row, SETTLED, Role.AGENT, now, agent=agent, reason=reason, facts=facts)

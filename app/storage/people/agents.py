"""Queries on the agents of a service."""

from collections.abc import Sequence
from typing import Any

from peewee import JOIN

from app.domain.dossiers.ranks import Rank
from app.storage.database import row_lock
from app.storage.models import Agent, Service


def by_email(email: str) -> Agent | None:
    """Return the agent with an address and open access, with their service."""
    query = (
        Agent.select(Agent, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where((Agent.email == email) & Agent.active)
    )
    found: Agent | None = query.first()
    return found


def members(service_id: int) -> Sequence[Agent]:
    """Return the agents of a service with open access, invited ones too, by name."""
    return list(Agent.select().where(_of(service_id)).order_by(Agent.name))


def colleagues(service_id: int) -> Sequence[Agent]:
    """Return the agents of a service that can be given a dossier: with open access, and a password chosen; by name."""
    return list(Agent.select().where(_of(service_id) & _entered()).order_by(Agent.name))


def answerable_for(agent: Agent) -> Sequence[Agent]:
    """Return the other supervisors of an agent's service that can enter; the administrators where there are none."""
    able = Agent.active & _entered() & (Agent.id != agent.id)
    supervisors = able & (Agent.service == agent.service_id) & (Agent.rank == Rank.SUPERVISOR)
    found = list(Agent.select().where(supervisors).order_by(Agent.id))
    return found or list(Agent.select().where(able & (Agent.rank == Rank.ADMINISTRATOR)).order_by(Agent.id))


def colleague(service_id: int, agent_id: int) -> Agent | None:
    """Return one of the same agents by id, None for any other."""
    return Agent.get_or_none((Agent.id == agent_id) & _of(service_id) & _entered())


def _of(service_id: int) -> Any:
    return (Agent.service == service_id) & Agent.active


def _entered() -> Any:
    """Return the condition of an agent that can come in: a password chosen, and the account accepted."""
    return (Agent.password_hash != "") & Agent.proposed_at.is_null()


def lock(agent_id: int) -> None:
    """Lock an agent's row until the transaction ends, to serialise what is counted per agent."""
    row_lock(Agent.select(Agent.id).where(Agent.id == agent_id)).get()


def spend_code(agent_id: int, step: int) -> bool:
    """Use up the one-time code of a time step; return False if it, or a later one, was used before."""
    updated = (
        Agent.update(totp_last_step=step)
        .where((Agent.id == agent_id) & (Agent.totp_last_step < step))
        .execute()
    )
    return bool(updated)

"""Queries on the members of a service."""

from collections.abc import Sequence

from peewee import JOIN

from app.storage.database import row_lock
from app.storage.models import Agent, Service


def by_email(email: str) -> Agent | None:
    """The agent who signs in with this address, unless their access was closed."""
    query = (
        Agent.select(Agent, Service)
        .join(Service, JOIN.LEFT_OUTER)
        .where((Agent.email == email) & Agent.active)
    )
    found: Agent | None = query.first()
    return found


def colleagues(service_id: int) -> Sequence[Agent]:
    """The members of a service, by name."""
    return list(Agent.select().where((Agent.service == service_id) & Agent.active).order_by(Agent.name))


def colleague(service_id: int, agent_id: int) -> Agent | None:
    """A member of a service by their number; None for another service's and for whose access was closed."""
    return Agent.get_or_none((Agent.id == agent_id) & (Agent.service == service_id) & Agent.active)


def lock(agent_id: int) -> None:
    """Keep others from what is counted per agent until the transaction ends."""
    row_lock(Agent.select(Agent.id).where(Agent.id == agent_id)).get()


def spend_code(agent_id: int, step: int) -> bool:
    """Use a one-time code up; False when it, or a later one, was used before."""
    spent = (
        Agent.update(totp_last_step=step)
        .where((Agent.id == agent_id) & (Agent.totp_last_step < step))
        .execute()
    )
    return bool(spent)

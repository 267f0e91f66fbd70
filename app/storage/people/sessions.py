"""Queries on sessions; every page of a signed-in user runs one of the first two."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN

from app.storage.compiled_queries import compiled
from app.storage.models import Account, Agent, Service, Session


@compiled(Session)
def _with_account(digest: Any) -> Any:
    return Session.select(Session, Account).join(Account, JOIN.LEFT_OUTER).where(Session.digest == digest)


@compiled(Session)
def _with_agent(digest: Any) -> Any:
    return (
        Session.select(Session, Agent, Service)
        .join(Agent)
        .join(Service, JOIN.LEFT_OUTER)
        .where((Session.digest == digest) & Agent.active)
    )


def of_applicant(digest: str) -> Session | None:
    """Return a session with its account, by the digest of its token."""
    return _with_account.first(digest)


def of_agent(digest: str) -> Session | None:
    """Return a session with its agent and their service; None if the agent's access is closed."""
    return _with_agent.first(digest)


def of_member(agent_id: int, seen_since: datetime, begun_since: datetime) -> Sequence[Session]:
    """Return the open sessions of an agent, last used first."""
    return list(
        Session.select()
        .where(
            (Session.agent == agent_id)
            & Session.second_factor
            & (Session.seen_at > seen_since)
            & (Session.created_at > begun_since)
        )
        .order_by(Session.seen_at.desc(), Session.id.desc())
    )

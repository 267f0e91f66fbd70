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
        .where((Session.digest == digest) & Agent.active & Agent.proposed_at.is_null())
    )


def of_applicant(digest: str) -> Session | None:
    """Return a session with its account, by the digest of its token."""
    return _with_account.first(digest)


def of_agent(digest: str) -> Session | None:
    """Return a session with its agent and their service; None if the access is closed or not accepted."""
    return _with_agent.first(digest)


def of_person(person: Account | Agent) -> Any:
    """Return the condition of the sessions of an applicant or an agent."""
    return Session.agent == person.id if isinstance(person, Agent) else Session.account == person.id


def open_sessions(person: Account | Agent, seen_since: datetime, begun_since: datetime) -> Sequence[Session]:
    """Return the open sessions of a person, last used first; those of agents once the second factor was given."""
    return list(
        Session.select()
        .where(
            of_person(person)
            & (Session.second_factor | Session.account.is_null(False))
            & (Session.seen_at > seen_since)
            & (Session.created_at > begun_since)
        )
        .order_by(Session.seen_at.desc(), Session.id.desc())
    )

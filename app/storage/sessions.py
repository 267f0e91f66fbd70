"""The one query behind every signed-in page."""

from peewee import JOIN

from app.storage.models import Account, Agent, Service, Session


def of_applicant(digest: str) -> Session | None:
    """A session with its account."""
    query = Session.select(Session, Account).join(Account, JOIN.LEFT_OUTER).where(Session.digest == digest)
    return query.first()


def of_agent(digest: str) -> Session | None:
    """A session with its agent and their service."""
    query = (
        Session.select(Session, Agent, Service)
        .join(Agent)
        .join(Service)
        .where((Session.digest == digest) & Agent.active)
    )
    return query.first()


def owner(digest: str) -> int | None:
    """The account of a session, living or over."""
    found = Session.get_or_none(Session.digest == digest)
    return found.account_id if found else None

"""Signed-in browsers: a random token in the cookie, its digest in the table."""

import hashlib
import secrets
from datetime import datetime, timedelta

from app.storage.models import Account, Agent, Session
from app.storage.people import sessions as store

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
WARNING = timedelta(minutes=5)  # before the end
_NOTED = timedelta(minutes=1)  # how often the last visit is written


def digest(token: str) -> str:
    """What the table keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    now: datetime, *, account: Account | None = None, agent: Agent | None = None, device: str = ""
) -> str:
    """Begin a session; the token for the cookie. An agent's opens nothing before the second factor."""
    token = secrets.token_urlsafe(32)
    columns = {"account": account, "agent": agent, "device": device, "created_at": now, "seen_at": now}
    Session.create(digest=digest(token), **columns)
    return token


def alive(session: Session, now: datetime) -> bool:
    """Whether a session may still be used."""
    return now - session.seen_at < IDLE and now - session.created_at < ABSOLUTE


def owner(token: str) -> int | None:
    """Whose session a token began, even after its end; None once nobody remembers."""
    return store.owner(digest(token))


def prolong(session: Session, now: datetime) -> None:
    """Note a visit, once a minute at most: the only write that reading pages makes."""
    if now - session.seen_at >= _NOTED:
        Session.update(seen_at=now).where(Session.id == session.id).execute()


def pass_second_factor(session: Session) -> None:
    """The agent has given their one-time code."""
    Session.update(second_factor=True).where(Session.id == session.id).execute()


def end(token: str) -> None:
    """Sign out."""
    Session.delete().where(Session.digest == digest(token)).execute()


def end_all(account: Account) -> None:
    """Sign a person out everywhere, as a new password does."""
    Session.delete().where(Session.account == account).execute()


def end_of_agent(agent: Agent, but: Session | None = None) -> None:
    """Sign a member of the agents' side out everywhere, or everywhere else."""
    theirs = Session.agent == agent
    Session.delete().where(theirs & (Session.id != but.id) if but else theirs).execute()


def end_one(agent: Agent, session_id: int) -> None:
    """Close one session of a member; nothing happens to another's."""
    Session.delete().where((Session.agent == agent) & (Session.id == session_id)).execute()

"""Sessions of applicants and agents: a random token in the cookie, its SHA-256 digest in the table."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from app.storage.models import Account, Agent, Session
from app.storage.people.sessions import of_person, open_sessions

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
IDLE_SHARED = timedelta(minutes=10)  # on a device that others use
ABSOLUTE_SHARED = timedelta(hours=2)
WARNING = timedelta(minutes=5)  # before the end
_SEEN_EVERY = timedelta(minutes=1)  # between two updates of `seen_at`
_SIDES: dict[str, type[Account | Agent]] = {"account": Account, "agent": Agent}


class UnknownPerson(Exception):
    """Raised for a name that is of no account and no agent."""


def digest(token: str) -> str:
    """Return the SHA-256 of a token in hexadecimal, which tables store instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    now: datetime, *, account: Account | None = None, agent: Agent | None = None, device: str = ""
) -> str:
    """Create a session and return the token for the cookie.

    An agent's session gives access to nothing until `pass_second_factor`.
    """
    token = secrets.token_urlsafe(32)
    columns = {"account": account, "agent": agent, "device": device, "created_at": now, "seen_at": now}
    Session.create(digest=digest(token), **columns)
    if account:
        Account.update(seen_at=now).where(Account.id == account.id).execute()
    return token


def alive(session: Session, now: datetime, shared: bool = False) -> bool:
    """Return whether a session is neither idle for too long nor too old; on a shared device that is sooner."""
    idle, absolute = (IDLE_SHARED, ABSOLUTE_SHARED) if shared else (IDLE, ABSOLUTE)
    return now - session.seen_at < idle and now - session.created_at < absolute


def prolong(session: Session, now: datetime) -> None:
    """Update the time of the last visit, at most once a minute: the only write made by reading a page."""
    if now - session.seen_at >= _SEEN_EVERY:
        Session.update(seen_at=now).where(Session.id == session.id).execute()


def pass_second_factor(session: Session) -> None:
    """Note that the agent of a session has given a valid one-time code."""
    Session.update(second_factor=True).where(Session.id == session.id).execute()


def end(token: str) -> None:
    """Delete the session of a token."""
    Session.delete().where(Session.digest == digest(token)).execute()


def end_all(person: Account | Agent, but: Session | None = None) -> None:
    """Delete every session of a person, except `but` if it is given."""
    owned = of_person(person)
    Session.delete().where(owned & (Session.id != but.id) if but else owned).execute()


def end_of(whose: str) -> int:
    """Delete the sessions of "account 12" or "agent 3", as the log calls them, or of "everybody"; return how many.

    Raises UnknownPerson.
    """
    if whose == "everybody":
        return int(Session.delete().execute())
    side, _space, number = whose.partition(" ")
    table = _SIDES.get(side)
    person = table.get_or_none(table.id == int(number)) if table and number.isdecimal() else None
    if person is None:
        raise UnknownPerson
    return int(Session.delete().where(of_person(person)).execute())


def end_one(person: Account | Agent, session_id: int) -> None:
    """Delete a session of a person by its id; do nothing if it is not theirs."""
    Session.delete().where(of_person(person) & (Session.id == session_id)).execute()


def opened(person: Account | Agent, now: datetime) -> Sequence[Session]:
    """Return the sessions of a person that have not ended."""
    return open_sessions(person, now - IDLE, now - ABSOLUTE)

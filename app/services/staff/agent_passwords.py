"""A member of the agents' side chooses another password: signed in, or by a link when it is forgotten.

The second factor is asked for afterwards all the same.
"""

import secrets
from datetime import datetime, timedelta

from app.domain.rules.identifiers import normal_email
from app.services.access import passwords, sessions, throttles
from app.services.access.sessions import digest
from app.services.messages import emails
from app.services.staff import agents
from app.services.staff.agents import WrongCredentials
from app.services.staff.invitations import DeadLink
from app.storage.database import database
from app.storage.models import Agent, AgentLink, Session
from app.storage.people import agent_links as links
from app.storage.people import agents as store

LIFE = timedelta(minutes=30)
PURPOSE = "password"


def ask_reset(email: str, now: datetime) -> None:
    """Send a link to a member; neither the answer nor the work tells whether there is one.

    Who was invited and has no password yet is told to ask for another invitation: a mailbox alone opens nothing twice.
    """
    address = normal_email(email)
    key = f"agent-reset:{address}"
    if throttles.blocked_until(key, now):
        return
    agent = store.by_email(address)
    token = secrets.token_urlsafe(32)
    with database.atomic():
        throttles.record_failure(key, now)
        if agent is not None and not agent.password_hash:
            emails.write("staff/not_ready", agent.email, agent.language, {}, now)
        elif agent is not None:
            AgentLink.create(digest=digest(token), agent=agent, purpose=PURPOSE, expires_at=now + LIFE)
            emails.write("staff/password", agent.email, agent.language, {"token": token}, now)


def live(token: str, now: datetime) -> AgentLink:
    """The link of a letter; looking does not use it up. DeadLink."""
    found = links.live(digest(token), PURPOSE, now)
    if found is None:
        raise DeadLink
    return found


def reset(token: str, password: str, source: str, now: datetime) -> None:
    """Set a password by a link, once; every session ends. DeadLink, WeakPassword."""
    link = live(token, now)
    hashed = _strong(link.agent, password)
    with database.atomic():
        if not links.spend(link.id, now):
            raise DeadLink
        _set(link.agent, hashed, now)
        throttles.reset(agents.door(link.agent.email, source))


def change(session: Session, agent: Agent, current: str, password: str, now: datetime) -> None:
    """Set a password by the present one; every other session ends. WrongCredentials, TooSoon, WeakPassword."""
    require(agent, current, now)
    hashed = _strong(agent, password)
    with database.atomic():
        _set(agent, hashed, now, session)


def require(agent: Agent, current: str, now: datetime) -> None:
    """The present password, asked for again before what matters. WrongCredentials, TooSoon."""
    key = f"agent-password|{agent.id}"
    throttles.require_allowed(key, now)
    if not passwords.verify_password(agent.password_hash, current):
        throttles.record_failure(key, now)
        raise WrongCredentials
    throttles.reset(key)


def _strong(agent: Agent, password: str) -> str:
    passwords.require_strength(password, [agent.name, agent.email])
    return passwords.hash_password(password)  # slow on purpose: not while others wait to write


def _set(agent: Agent, hashed: str, now: datetime, but: Session | None = None) -> None:
    links.spend_all(agent.id, now)
    Agent.update(password_hash=hashed).where(Agent.id == agent.id).execute()
    sessions.end_of_agent(agent, but)
    emails.write("staff/password_changed", agent.email, agent.language, {}, now)

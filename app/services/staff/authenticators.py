"""A member of the agents' side moves to another authenticator (RFC 6238); until it is proved the present one works."""

import secrets
from datetime import datetime, timedelta

import pyotp

from app.services.access import sessions, throttles
from app.services.access.sessions import digest
from app.services.messages import emails
from app.services.staff import agent_passwords, agents
from app.services.staff.invitations import DeadLink
from app.storage.database import database
from app.storage.models import Agent, AgentLink, Session
from app.storage.people import agent_links as links

LIFE = timedelta(minutes=30)
PURPOSE = "authenticator"


def begin(agent: Agent, current: str, now: datetime) -> None:
    """Draw the secret of another authenticator, for who knows the password. WrongCredentials, TooSoon."""
    agent_passwords.require(agent, current, now)
    with database.atomic():
        links.spend_all(agent.id, now)
        AgentLink.create(
            digest=digest(secrets.token_urlsafe(32)),  # of a token that nobody has: no address leads here
            agent=agent,
            purpose=PURPOSE,
            totp_secret=pyotp.random_base32(),
            expires_at=now + LIFE,
        )


def begun(agent: Agent, now: datetime) -> AgentLink:
    """The secret that waits for its first code. DeadLink when there is none any more."""
    found = links.waiting(agent.id, PURPOSE, now)
    if found is None:
        raise DeadLink
    return found


def replace(session: Session, agent: Agent, code: str, now: datetime) -> None:
    """A code proves the new authenticator: the old one opens nothing more, other sessions end.

    WrongCode, TooSoon, DeadLink.
    """
    link = begun(agent, now)
    key = f"agent-authenticator|{agent.id}"
    step = agents.prove(link.totp_secret, code, key, now)
    with database.atomic():
        if not links.spend(link.id, now):
            raise DeadLink
        Agent.update(totp_secret=link.totp_secret, totp_last_step=step).where(Agent.id == agent.id).execute()
        sessions.end_of_agent(agent, session)
        throttles.reset(key)
        emails.write("staff/authenticator", agent.email, agent.language, {}, now)

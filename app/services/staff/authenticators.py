"""Change of an agent's authenticator (TOTP, RFC 6238); the current one works until the new one gives a valid code."""

import secrets
from datetime import datetime, timedelta

import pyotp

from app.services.access import sessions
from app.services.access.refusals import DeadLink
from app.services.access.sessions import digest
from app.services.messages import emails
from app.services.staff import agent_passwords, agents
from app.storage.database import database
from app.storage.models import Agent, AgentLink, Session
from app.storage.people import agent_links as links

LIFE = timedelta(minutes=30)
PURPOSE = "authenticator"


def begin(agent: Agent, current: str, now: datetime) -> None:
    """Generate the secret of a new authenticator after checking the password. Raises WrongCredentials, TooSoon."""
    agent_passwords.require(agent, current, now)
    with database.atomic():
        links.spend_all(agent.id, now)
        AgentLink.create(
            digest=digest(secrets.token_urlsafe(32)),  # the column is unique; no link is sent with this token
            agent=agent,
            purpose=PURPOSE,
            totp_secret=pyotp.random_base32(),
            expires_at=now + LIFE,
        )


def begun(agent: Agent, now: datetime) -> AgentLink:
    """Return the row with the secret that awaits its first code. Raises DeadLink if it is used or expired."""
    link = links.waiting(agent.id, PURPOSE, now)
    if link is None:
        raise DeadLink
    return link


def replace(session: Session, agent: Agent, code: str, now: datetime) -> None:
    """Replace the authenticator if the code is one of the new; end every other session.

    Raises WrongCode, TooSoon, DeadLink.
    """
    link = begun(agent, now)
    step = agents.prove(link.totp_secret, code, link.id, now)
    with database.atomic():
        if not links.spend(link.id, now):
            raise DeadLink
        Agent.update(totp_secret=link.totp_secret, totp_last_step=step).where(Agent.id == agent.id).execute()
        sessions.end_all(agent, session)
        emails.write("staff/authenticator", agent.email, agent.language, {}, now)

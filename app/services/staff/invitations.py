"""Coming in for the first time: a link by mail, a password, an authenticator, recovery codes.

Nothing of it opens anything before the last step: until then, what was chosen waits with the link.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import pyotp

from app.services.access import passwords, sessions, throttles
from app.services.access.sessions import digest
from app.services.messages import emails
from app.services.staff import agents, recovery_codes
from app.storage.database import database
from app.storage.models import Agent, AgentLink
from app.storage.people import agent_links as store

LIFE = timedelta(hours=72)
PURPOSE = "invitation"


class DeadLink(Exception):
    """The link was used, is too old, or never was."""


def send(agent: Agent, now: datetime) -> str:
    """Write an invitation, and let no other one work; its token. Inside the transaction of the act."""
    token = secrets.token_urlsafe(32)
    store.spend_all(agent.id, now)
    AgentLink.create(
        digest=digest(token),
        agent=agent,
        purpose=PURPOSE,
        totp_secret=pyotp.random_base32(),
        expires_at=now + LIFE,
    )
    service = agent.service.name if agent.service else ""
    emails.write("staff/invitation", agent.email, agent.language, {"token": token, "service": service}, now)
    return token


def live(token: str, now: datetime) -> AgentLink:
    """The invitation of a link; looking does not use it up. DeadLink."""
    found = store.live(digest(token), PURPOSE, now)
    if found is None:
        raise DeadLink
    return found


def choose_password(link: AgentLink, password: str) -> None:
    """Keep the password with the link, until the last step. WeakPassword."""
    agent = link.agent
    passwords.require_strength(password, [agent.name, agent.email])
    hashed = passwords.hash_password(password)
    AgentLink.update(password_hash=hashed).where(AgentLink.id == link.id).execute()


def accept(link: AgentLink, code: str, codes: Iterable[str], now: datetime) -> Agent:
    """The last step: a code proves the authenticator, and the account opens. WrongCode, TooSoon, DeadLink."""
    key = f"agent-invitation|{link.id}"
    step = agents.prove(link.totp_secret, code, key, now)
    agent = link.agent
    with database.atomic():
        if not (link.password_hash and store.spend(link.id, now)):
            raise DeadLink
        store.spend_all(agent.id, now)
        Agent.update(
            password_hash=link.password_hash, totp_secret=link.totp_secret, totp_last_step=step
        ).where(Agent.id == agent.id).execute()
        sessions.end_of_agent(agent)
        recovery_codes.store_codes(agent, codes)
        throttles.reset(key, f"agent-code|{agent.id}")
    return agent

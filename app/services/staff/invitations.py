"""First sign-in of an agent: a link by mail, then a password, an authenticator and recovery codes.

Password and secret are stored with the link and copied to the account at the last step, not before.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

import pyotp

from app.services.access import known_browsers, passwords, sessions, throttles
from app.services.access.limits import AGENT_CODE
from app.services.access.origins import NOWHERE
from app.services.access.refusals import DeadLink
from app.services.access.sessions import digest
from app.services.messages import emails
from app.services.staff import agents, recovery_codes
from app.storage.database import database
from app.storage.models import Agent, AgentLink
from app.storage.people import agent_links as store

LIFE = timedelta(hours=72)
PURPOSE = "invitation"


def send(agent: Agent, now: datetime) -> str:
    """Send an invitation, invalidate the earlier ones and return the token. Call it inside a transaction."""
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
    """Return the invitation of a token, without using it up. Raises DeadLink."""
    link = store.live(digest(token), PURPOSE, now)
    if link is None:
        raise DeadLink
    return link


def choose_password(link: AgentLink, password: str) -> None:
    """Store the password with the invitation until `accept`. Raises WeakPassword."""
    agent = link.agent
    passwords.require_strength(password, [agent.name, agent.email])
    hashed = passwords.hash_password(password)
    AgentLink.update(password_hash=hashed).where(AgentLink.id == link.id).execute()


def accept(link: AgentLink, code: str, codes: Iterable[str], now: datetime) -> Agent:
    """Check the first code of the authenticator and open the account with its recovery codes.

    Raises WrongCode, TooSoon, DeadLink.
    """
    step = agents.prove(link.totp_secret, code, link.id, now)
    agent = link.agent
    with database.atomic():
        if not (link.password_hash and store.spend(link.id, now)):
            raise DeadLink
        store.spend_all(agent.id, now)
        Agent.update(
            password_hash=link.password_hash, totp_secret=link.totp_secret, totp_last_step=step
        ).where(Agent.id == agent.id).execute()
        sessions.end_all(agent)
        recovery_codes.store_codes(agent, codes)
        known_browsers.forget(agent)
        throttles.reset(AGENT_CODE, agent.id, NOWHERE, now)
    return agent

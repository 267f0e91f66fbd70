"""Change of an agent's password, when signed in or by a link sent by e-mail.

The second factor is still required at the next sign-in.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from app.domain.rules.identifiers import normal_email
from app.services.access import events, known_browsers, passwords, sessions, throttles
from app.services.access.limits import AGENT_AGAIN, AGENT_CODE, AGENT_PASSWORD, LETTER
from app.services.access.origins import NOWHERE, Origin
from app.services.access.refusals import DeadLink, WrongCredentials
from app.services.access.sessions import digest
from app.services.access.throttles import TooSoon
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Agent, AgentLink, Entry, Session
from app.storage.people import agent_links as links
from app.storage.people import agents as store

LIFE = timedelta(minutes=30)
PURPOSE = "password"


def ask_reset(email: str, origin: Origin, now: datetime) -> None:
    """Send a password reset link to an agent; do as much for an unknown address.

    An invited agent without password is told by mail to ask for another invitation: the mailbox alone must not be
    enough to choose a password once the invitation has expired.
    """
    address = normal_email(email)
    agent = store.by_email(address)
    token = secrets.token_urlsafe(32)
    with suppress(TooSoon), database.atomic():
        known = known_browsers.knows(agent, origin.browser)
        throttles.attempt(LETTER, address, origin, now, known=known)
        if agent is not None and agent.password_hash:
            AgentLink.create(digest=digest(token), agent=agent, purpose=PURPOSE, expires_at=now + LIFE)
            emails.write("staff/password", agent.email, agent.language, {"token": token}, now)
            return
        # As much work where nobody has the address: a row that opens nothing, a letter that goes nowhere.
        hidden = digest(token)
        Entry.create(digest=hidden, account=None, code_digest=hidden, link_digest=hidden, asked_at=now)
        if agent is not None:
            emails.write("staff/not_ready", agent.email, agent.language, {}, now)
        else:
            emails.write("staff/password", "", "", {"token": token}, now)


def live(token: str, now: datetime) -> AgentLink:
    """Return the reset link of a token, without using it up. Raises DeadLink."""
    link = links.live(digest(token), PURPOSE, now)
    if link is None:
        raise DeadLink
    return link


def reset(token: str, password: str, origin: Origin, now: datetime) -> None:
    """Set a password by a link, once, and end every session. Raises DeadLink, WeakPassword."""
    link = live(token, now)
    hashed = _hash_strong_password(link.agent, password)
    with database.atomic():
        if not links.spend(link.id, now):
            raise DeadLink
        _set(link.agent, hashed, now)
        known_browsers.forget(link.agent)
        known_browsers.remember(link.agent, origin, now)
        for limit in (AGENT_PASSWORD, AGENT_CODE):
            throttles.reset(limit, link.agent.id, origin, now)
    events.admitted("agent's new password", link.agent)


def change(
    agent: Agent, current: str, password: str, session: Session, origin: Origin, now: datetime
) -> None:
    """Replace the current password, end every other session and forget every other browser.

    Raises WrongCredentials, TooSoon, WeakPassword.
    """
    require(agent, current, now)
    hashed = _hash_strong_password(agent, password)
    with database.atomic():
        _set(agent, hashed, now, session)
        known_browsers.forget(agent, but=origin.browser)


def require(agent: Agent, current: str, now: datetime) -> None:
    """Check the current password again before a sensitive change. Raises WrongCredentials, TooSoon."""
    tried = throttles.attempt(AGENT_AGAIN, agent.id, NOWHERE, now)
    if not passwords.verify_password(agent.password_hash, current):
        raise WrongCredentials
    throttles.succeed(tried)


def _hash_strong_password(agent: Agent, password: str) -> str:
    """Return the digest of a new password; call it before the transaction: it is slow. Raises WeakPassword."""
    passwords.require_strength(password, [agent.name, agent.email])
    return passwords.hash_password(password)


def _set(agent: Agent, hashed: str, now: datetime, but: Session | None = None) -> None:
    links.spend_all(agent.id, now)
    Agent.update(password_hash=hashed).where(Agent.id == agent.id).execute()
    sessions.end_all(agent, but)
    emails.write("staff/password_changed", agent.email, agent.language, {}, now)

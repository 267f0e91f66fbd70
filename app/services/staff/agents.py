"""Sign-in of agents: a password, then a one-time code (TOTP, RFC 6238) or a recovery code."""

from collections.abc import Callable
from datetime import datetime

import pyotp

from app.domain.dossiers.ranks import ROLES, Rank
from app.domain.dossiers.states import Role
from app.domain.rules.identifiers import normal_email
from app.services.access import events, known_browsers, sessions, throttles
from app.services.access.limits import AGENT_CODE, AGENT_PASSWORD, AUTHENTICATOR
from app.services.access.origins import NOWHERE, Origin
from app.services.access.passwords import dummy_digest, verify_password
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.messages import emails
from app.services.staff import recovery_codes
from app.storage.database import database
from app.storage.models import Agent
from app.storage.people import agents as store
from app.storage.people import sessions as session_store

STEP_SECONDS = 30
WINDOW = 1  # steps accepted before and after the current one: clocks of telephones drift


class NotAccepted(Exception):
    """Raised for the right password of an account that a second person has not accepted yet."""


def roles_of(agent: Agent) -> frozenset[Role]:
    """Return the roles in which an agent acts on the dossiers of their service."""
    return ROLES[Rank(agent.rank)]


def check_password(email: str, password: str, origin: Origin, now: datetime) -> Agent:
    """Return the agent of an address and a password; an unknown address takes as long as a known one.

    Raises WrongCredentials, NotAccepted, and TooSoon after too many failures (`limits.AGENT_PASSWORD`).
    """
    address = normal_email(email)
    agent = store.by_email(address)
    known = known_browsers.knows(agent, origin.browser)
    tried = throttles.attempt(AGENT_PASSWORD, agent.id if agent else address, origin, now, known=known)
    stored = agent.password_hash if agent else ""
    matches = verify_password(stored or dummy_digest(), password)
    if agent is None or not matches:
        events.refused("agent password", agent)
        raise WrongCredentials
    throttles.succeed(tried)
    if agent.proposed_at is not None:
        raise NotAccepted
    return agent


def check_code(agent: Agent, code: str, origin: Origin, now: datetime) -> None:
    """Accept a one-time code, once. Raises WrongCode, TooSoon."""
    _check_second_factor(agent, origin, now, lambda: _spend(agent, code, now))


def check_recovery_code(agent: Agent, code: str, origin: Origin, now: datetime) -> None:
    """Accept a recovery code, once. Raises WrongCode, TooSoon; failures count together with one-time codes."""
    _check_second_factor(agent, origin, now, lambda: recovery_codes.spend(agent, code, now))


def _check_second_factor(agent: Agent, origin: Origin, now: datetime, spend: Callable[[], bool]) -> None:
    """Spend a code. Wrong codes from elsewhere do not delay the agent in a browser that they used before."""
    known = known_browsers.knows(agent, origin.browser)
    tried = throttles.attempt(AGENT_CODE, agent.id, origin, now, known=known)
    if not spend():
        events.refused("agent code", agent)
        raise WrongCode
    throttles.succeed(tried)


def admit(agent: Agent, origin: Origin, now: datetime, *, first: bool = False) -> str:
    """Begin a session after both factors and return the token for the cookie; a new browser is told by mail.

    The `first` one is that of the invitation, which nobody needs to be told of.
    """
    with database.atomic():
        if known_browsers.remember(agent, origin, now) and not first:
            facts = {"device": origin.device, "at": now.isoformat()}
            emails.write("staff/new_browser", agent.email, agent.language, facts, now)
        token = sessions.begin(now, agent=agent, device=origin.device)
        session = session_store.of_agent(sessions.digest(token))
        if session is not None:
            sessions.pass_second_factor(session)
    events.admitted("agent code", agent)
    return token


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Return the TOTP time step (Unix time // 30 s) of a code within WINDOW of now; None for a wrong code."""
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    current = int(now.timestamp()) // STEP_SECONDS
    typed = "".join(code.split())
    accepted = range(current - WINDOW, current + WINDOW + 1)
    return next(
        (step for step in accepted if pyotp.utils.strings_equal(typed, totp.generate_otp(step))), None
    )


def prove(secret: str, code: str, link_id: int, now: datetime) -> int:
    """Return the time step of the first code of a new authenticator. Raises WrongCode, TooSoon.

    Failures are counted by the link that holds the secret.
    """
    tried = throttles.attempt(AUTHENTICATOR, link_id, NOWHERE, now)
    step = step_of(secret, code, now)
    if step is None:
        raise WrongCode
    throttles.succeed(tried)
    return step


def _spend(agent: Agent, code: str, now: datetime) -> bool:
    step = step_of(agent.totp_secret, code, now) if agent.totp_secret else None
    return step is not None and store.spend_code(agent.id, step)

"""Sign-in of agents: a password, then a one-time code (TOTP, RFC 6238) or a recovery code."""

from collections.abc import Callable
from datetime import datetime

import pyotp

from app.domain.dossiers.ranks import ROLES, Rank
from app.domain.dossiers.states import Role
from app.domain.rules.identifiers import normal_email
from app.services.access import sessions, throttles
from app.services.access.passwords import dummy_digest, verify_password
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.staff import recovery_codes
from app.storage.models import Agent
from app.storage.people import agents as store
from app.storage.people import sessions as session_store

STEP_SECONDS = 30
WINDOW = 1  # steps accepted before and after the current one: clocks of telephones drift


def roles_of(agent: Agent) -> frozenset[Role]:
    """Return the roles in which an agent acts on the dossiers of their service."""
    return ROLES[Rank(agent.rank)]


def check_password(email: str, password: str, source: str, now: datetime) -> Agent:
    """Return the agent of an address and a password; an unknown address takes as long as a known one.

    Failures are counted by address and source together, so that tries from elsewhere never lock the agent out.
    Raises WrongCredentials, TooSoon.
    """
    address = normal_email(email)
    key = throttle_key(address, source)
    throttles.attempt(key, now)
    agent = store.by_email(address)
    stored = agent.password_hash if agent else ""
    matches = verify_password(stored or dummy_digest(), password)
    if agent is None or not matches:
        raise WrongCredentials
    throttles.reset(key)
    return agent


def check_code(agent: Agent, code: str, now: datetime) -> None:
    """Accept a one-time code, once. Raises WrongCode, TooSoon.

    Failures are counted by agent alone: this step is reached only with the right password.
    """
    _check_second_factor(agent, now, lambda: _spend(agent, code, now))


def check_recovery_code(agent: Agent, code: str, now: datetime) -> None:
    """Accept a recovery code, once. Raises WrongCode, TooSoon; failures count together with one-time codes."""
    _check_second_factor(agent, now, lambda: recovery_codes.spend(agent, code, now))


def _check_second_factor(agent: Agent, now: datetime, spend: Callable[[], bool]) -> None:
    key = f"agent-code|{agent.id}"
    throttles.attempt(key, now)
    if not spend():
        raise WrongCode
    throttles.reset(key)


def admit(agent: Agent, now: datetime, device: str = "") -> str:
    """Begin a session after both factors and return the token for the cookie."""
    token = sessions.begin(now, agent=agent, device=device)
    session = session_store.of_agent(sessions.digest(token))
    if session is not None:
        sessions.pass_second_factor(session)
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


def prove(secret: str, code: str, key: str, now: datetime) -> int:
    """Return the time step of the first code of a new authenticator. Raises WrongCode, TooSoon.

    Failures are counted under `key`; the caller resets it in the transaction that stores the secret.
    """
    throttles.attempt(key, now)
    step = step_of(secret, code, now)
    if step is None:
        raise WrongCode
    return step


def _spend(agent: Agent, code: str, now: datetime) -> bool:
    step = step_of(agent.totp_secret, code, now) if agent.totp_secret else None
    return step is not None and store.spend_code(agent.id, step)


def throttle_key(address: str, source: str) -> str:
    """Return the key under which failures of the password are counted."""
    return f"agent|{address}|{source}"

"""How an agent comes in: a password, then a one-time code of their application (RFC 6238), or a recovery code."""

from collections.abc import Callable
from datetime import datetime

import pyotp

from app.domain.dossiers.ranks import ROLES, Rank
from app.domain.dossiers.states import Role
from app.domain.rules.identifiers import normal_email
from app.services.access import sessions, throttles
from app.services.access.passwords import dummy_digest, verify_password
from app.services.staff import recovery_codes
from app.storage.models import Agent
from app.storage.people import agents as store
from app.storage.people import sessions as session_store

STEP_SECONDS = 30
WINDOW = 1  # steps before and after the present one: clocks of telephones drift


class WrongCredentials(Exception):
    """The address or the password is wrong; which one is not told."""


class WrongCode(Exception):
    """The code is wrong, too old, or was used before."""


class TooManyTries(Exception):
    """The next try has to wait until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


def roles_of(agent: Agent) -> frozenset[Role]:
    """In which roles somebody acts on the dossiers of their service."""
    return ROLES[Rank(agent.rank)]


def check_password(email: str, password: str, source: str, now: datetime) -> Agent:
    """The agent behind an address and a password; an unknown address takes the same time.

    Delays count an address seen from a source, so that a stranger's tries never lock the owner out.
    """
    address = normal_email(email)
    key = door(address, source)
    _wait(key, now)
    agent = store.by_email(address)
    kept = agent.password_hash if agent else ""
    right = verify_password(kept or dummy_digest(), password)
    if agent is None or not right:
        throttles.record_failure(key, now)
        raise WrongCredentials
    throttles.reset(key)
    return agent


def check_code(agent: Agent, code: str, now: datetime) -> None:
    """Accept a one-time code, once; WrongCode otherwise.

    Delays count the agent alone: only somebody who knows the password comes here.
    """
    _second(agent, now, lambda: _spend(agent, code, now))


def check_recovery_code(agent: Agent, code: str, now: datetime) -> None:
    """Accept a recovery code, once; WrongCode otherwise. Its tries are counted with those of the other codes."""
    _second(agent, now, lambda: recovery_codes.spend(agent, code, now))


def _second(agent: Agent, now: datetime, spend: Callable[[], bool]) -> None:
    key = f"agent-code|{agent.id}"
    _wait(key, now)
    if not spend():
        throttles.record_failure(key, now)
        raise WrongCode
    throttles.reset(key)


def admit(agent: Agent, now: datetime, device: str = "") -> str:
    """Begin the session that opens everything; the token for the cookie."""
    token = sessions.begin(now, agent=agent, device=device)
    begun = session_store.of_agent(sessions.digest(token))
    if begun is not None:
        sessions.pass_second_factor(begun)
    return token


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is, near the present one; None for a wrong code."""
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    present = int(now.timestamp()) // STEP_SECONDS
    typed = "".join(code.split())
    near = range(present - WINDOW, present + WINDOW + 1)
    return next((step for step in near if pyotp.utils.strings_equal(typed, totp.generate_otp(step))), None)


def prove(secret: str, code: str, key: str, now: datetime) -> int:
    """The half minute of a code that proves a new authenticator; tries are counted under a key. WrongCode, TooSoon."""
    throttles.require_allowed(key, now)
    step = step_of(secret, code, now)
    if step is None:
        throttles.record_failure(key, now)
        raise WrongCode
    return step


def _spend(agent: Agent, code: str, now: datetime) -> bool:
    step = step_of(agent.totp_secret, code, now) if agent.totp_secret else None
    return step is not None and store.spend_code(agent.id, step)


def door(address: str, source: str) -> str:
    """The key under which failures at the first lock are counted."""
    return f"agent|{address}|{source}"


def _wait(key: str, now: datetime) -> None:
    if until := throttles.blocked_until(key, now):
        raise TooManyTries(until)

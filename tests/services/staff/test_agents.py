"""How an agent comes in: what is refused, what waits, what serves once."""

from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from app.services.access import sessions
from app.services.access.origins import Origin
from app.services.access.refusals import WrongCode, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.staff import agents
from app.storage.models import Agent
from app.storage.people import sessions as store
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import NOON

HERE = Origin("192.0.2.1")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def agent(app: Flask) -> Agent:
    """A member of the service of Lyon."""
    return factories.agent(email="c.perrin@exemple.fr", totp_secret=SECRET)


def code(agent: Agent, steps: int = 0) -> str:
    """The code that the agent's telephone shows, so many half minutes from noon."""
    return pyotp.TOTP(agent.totp_secret).at(NOON + timedelta(seconds=30 * steps))


@pytest.mark.parametrize("email", ["c.perrin@exemple.fr", "  C.Perrin@Exemple.FR "])
def test_an_address_is_recognised_however_it_is_typed(agent: Agent, email: str) -> None:
    assert agents.check_password(email, PASSWORD, HERE, NOON) == agent


@pytest.mark.parametrize(
    ("email", "password"), [("c.perrin@exemple.fr", "wrong"), ("nobody@exemple.fr", PASSWORD), ("", "")]
)
def test_wrong_address_and_wrong_password_are_one_answer(agent: Agent, email: str, password: str) -> None:
    with pytest.raises(WrongCredentials):
        agents.check_password(email, password, HERE, NOON)


def test_a_closed_access_is_an_unknown_one(agent: Agent) -> None:
    Agent.update(active=False).where(Agent.id == agent.id).execute()
    with pytest.raises(WrongCredentials):
        agents.check_password(agent.email, PASSWORD, HERE, NOON)


def test_failures_from_one_source_delay_that_source_only(agent: Agent) -> None:
    for _ in range(6):
        with pytest.raises(WrongCredentials):
            agents.check_password(agent.email, "wrong", Origin("203.0.113.9"), NOON)
    with pytest.raises(TooSoon) as wait:
        agents.check_password(agent.email, PASSWORD, Origin("203.0.113.9"), NOON)
    assert wait.value.until > NOON
    assert agents.check_password(agent.email, PASSWORD, HERE, NOON) == agent
    assert agents.check_password(agent.email, PASSWORD, Origin("203.0.113.9"), wait.value.until) == agent


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_good_for_half_a_minute_around(agent: Agent, steps: int) -> None:
    agents.check_code(agent, code(agent, steps), HERE, NOON)


@pytest.mark.parametrize("steps", [-2, 2])
def test_a_code_further_away_is_refused(agent: Agent, steps: int) -> None:
    with pytest.raises(WrongCode):
        agents.check_code(agent, code(agent, steps), HERE, NOON)


def test_spaces_in_a_code_are_forgiven(agent: Agent) -> None:
    typed = code(agent)
    agents.check_code(agent, f" {typed[:3]} {typed[3:]} ", HERE, NOON)


def test_a_code_is_used_once_and_older_ones_with_it(agent: Agent) -> None:
    agents.check_code(agent, code(agent), HERE, NOON)
    for typed in (code(agent), code(agent, -1)):
        with pytest.raises(WrongCode):
            agents.check_code(agent, typed, HERE, NOON)
    agents.check_code(agent, code(agent, 1), HERE, NOON + timedelta(seconds=30))


@pytest.mark.parametrize("typed", ["", "0", "abcdef", "１２３４５６", "-1", "9" * 500])
def test_what_is_no_code_is_refused(agent: Agent, typed: str) -> None:
    with pytest.raises(WrongCode):
        agents.check_code(agent, typed, HERE, NOON)


def test_guessing_codes_waits_wherever_it_comes_from(agent: Agent) -> None:
    for _ in range(6):
        with pytest.raises(WrongCode):
            agents.check_code(agent, "nothing", HERE, NOON)
    with pytest.raises(TooSoon):
        agents.check_code(agent, code(agent), HERE, NOON)


def test_the_session_admitted_has_its_second_factor(agent: Agent) -> None:
    half_open = store.of_agent(sessions.digest(sessions.begin(NOON, agent=agent)))
    opened = store.of_agent(sessions.digest(agents.admit(agent, HERE, NOON)))
    assert half_open is not None
    assert opened is not None
    assert (half_open.second_factor, opened.second_factor) == (False, True)

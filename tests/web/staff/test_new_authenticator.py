"""Another authenticator for one's own account: asked with the password, proved by a code, told by mail."""

import re

import pyotp
import pytest

from app.storage.models import Agent, AgentLink, Session
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import Clock
from tests.web.accounts import letters
from tests.web.agent_pages import CODE, DOOR, SECRET, Visitor, enter, member

pytestmark = pytest.mark.engines("sqlite")
ASK, NEW = "/agents/compte/application", "/agents/compte/application/nouvelle"


@pytest.fixture
def agent() -> Agent:
    """Who has a new telephone."""
    return member(name="C. Perrin")


@pytest.fixture
def desk(visitor: Visitor, agent: Agent, clock: Clock) -> PageClient:
    """The same, signed in."""
    return enter(visitor(), agent, clock)


def ask(desk: PageClient, lang: str = "fr") -> str:
    """Give the password; the secret that the page shows."""
    desk.get(f"/{lang}{ASK}")
    answer = desk.post(f"/{lang}{ASK}", {"current": PASSWORD})
    assert answer.location.endswith(NEW)
    shown = re.search(r'translate="no">([A-Z2-7 ]+)<', desk.get(answer.location).text)
    assert shown
    return shown.group(1).replace(" ", "")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_new_one_opens_and_the_old_one_no_more(
    desk: PageClient, agent: Agent, visitor: Visitor, clock: Clock, lang: str
) -> None:
    other = enter(visitor(), agent, clock)
    secret = ask(desk, lang)
    assert Agent.get_by_id(agent.id).totp_secret == SECRET, "not before it is proved"
    answer = desk.post(f"/{lang}{NEW}", {"code": pyotp.TOTP(secret).at(clock())})
    assert answer.location == f"/{lang}/agents/compte?fait=application"
    assert desk.get(answer.location).status_code == 200
    assert other.get("/fr/agents/").status_code == 303, "signed out"
    assert letters()[-1]["template"] == "mail/staff/authenticator.txt"
    clock.advance(seconds=60)
    again = visitor()
    again.get(DOOR)
    again.post(DOOR, {"email": agent.email, "password": PASSWORD})
    again.get(CODE)
    assert again.post(CODE, {"code": pyotp.TOTP(SECRET).at(clock())}).status_code == 422
    assert again.post(CODE, {"code": pyotp.TOTP(secret).at(clock())}).status_code == 303


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６", "9" * 500, "\x00"])
def test_a_wrong_code_changes_nothing(desk: PageClient, agent: Agent, code: str) -> None:
    secret = ask(desk)
    answer = desk.post(f"/fr{NEW}", {"code": code})
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    assert secret in answer.text.replace(" ", "")
    assert Agent.get_by_id(agent.id).totp_secret == SECRET


@pytest.mark.parametrize("current", ["", "autre chose", "\x00", "x" * 5000])
def test_the_password_is_asked_first(desk: PageClient, current: str) -> None:
    assert desk.get(f"/fr{NEW}").location.endswith(f"{ASK}?tard=1")
    desk.get(f"/fr{ASK}")
    answer = desk.post(f"/fr{ASK}", {"current": current})
    assert answer.status_code == 422
    assert 'id="current-error"' in answer.text
    assert AgentLink.select().count() == 0


def test_after_half_an_hour_one_begins_again(desk: PageClient, agent: Agent, clock: Clock) -> None:
    secret = ask(desk)
    clock.advance(minutes=14)
    desk.get("/fr/agents/compte")
    clock.advance(minutes=17)
    Session.update(seen_at=clock()).execute()
    answer = desk.post(f"/fr{NEW}", {"code": pyotp.TOTP(secret).at(clock())})
    assert answer.location.endswith("?tard=1")
    assert "recommencez" in desk.get(answer.location).text
    assert Agent.get_by_id(agent.id).totp_secret == SECRET


def test_wrong_codes_wait_longer_and_longer(desk: PageClient) -> None:
    ask(desk)
    statuses = [desk.post(f"/fr{NEW}", {"code": "000000"}).status_code for _ in range(8)]
    assert statuses[-1] == 429


def test_an_authenticator_begun_opens_no_other_door(desk: PageClient, visitor: Visitor) -> None:
    ask(desk)
    assert AgentLink.get().purpose == "authenticator"
    assert visitor().get(f"/fr{NEW}").status_code == 303, "a stranger"

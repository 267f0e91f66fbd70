"""The pages of an invitation, of a forgotten password and of one's own account."""

import re

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app import jobs
from app.domain.dossiers.ranks import Rank
from app.presenters import recovery_codes_display
from app.services.staff import administration, recovery_codes
from app.services.staff.administration import AdminActor, Place
from app.storage.models import Agent, AgentLink, Outbox, RecoveryCode, Session
from app.web.access.letter_links import OPENED
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.web.accounts import facts, letters
from tests.web.agent_pages import CODE, DOOR, QUEUE, Visitor, enter, member

NEW = "une barque verte sur la rive"
ACCOUNT, FORGOTTEN = "/fr/agents/compte", "/fr/agents/oublie"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/143.0.0.0 Mobile Safari/537.36"


@pytest.fixture
def token(app: Flask) -> str:
    """An invitation sent at noon."""
    place = Place(Rank.AGENT, factories.service())
    return administration.invite("Éva Petit", "eva@exemple.fr", place, AdminActor(None, NOON))[1]


@pytest.fixture
def desk(visitor: Visitor, clock: Clock) -> PageClient:
    """An agent, signed in."""
    return enter(visitor(), member(name="C. Perrin"), clock)


def link(token: str, lang: str = "fr") -> str:
    return f"/{lang}/agents/invitation/{token}"


def come_in(client: PageClient, token: str, clock: Clock, lang: str = "fr") -> TestResponse:
    """The three steps; the answer is the page of the codes."""
    client.get(link(token, lang))
    assert client.post(link(token, lang), {"password": NEW}).status_code == 303
    client.get(f"{link(token, lang)}/application")
    code = pyotp.TOTP(AgentLink.get().totp_secret).at(clock())
    answer = client.post(f"{link(token, lang)}/application", {"code": code})
    assert answer.status_code == 303
    return client.get(answer.location)


def codes_of(page: TestResponse) -> list[str]:
    return re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page.text)


def test_whose_access_is_closed_is_out_even_with_a_session_begun_meanwhile(desk: PageClient) -> None:
    """Closing ends the sessions there are; one that begins at the same instant opens nothing either."""
    assert desk.get(QUEUE).status_code == 200
    Agent.update(active=False).execute()
    assert desk.get(QUEUE).location.startswith(DOOR)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_three_steps_and_ten_codes(visitor: Visitor, token: str, clock: Clock, lang: str) -> None:
    client = visitor()
    page = come_in(client, token, clock, lang)
    assert len(set(codes_of(page))) == 10
    answer = client.post(f"/{lang}/agents/compte/codes/notes")
    assert answer.location == f"/{lang}/agents/"
    assert client.get(answer.location).status_code == 200


def test_looking_uses_nothing_up_and_the_link_serves_once(visitor: Visitor, token: str, clock: Clock) -> None:
    scanner = visitor()
    for _ in range(3):
        assert scanner.get(link(token)).status_code == 200
    assert scanner.get(f"{link(token)}/application").location == link(OPENED)  # a password first
    come_in(visitor(), token, clock)
    for path in (link(token), f"{link(token)}/application", link("nothing")):
        assert scanner.get(path).status_code == 410
        assert scanner.post(path, {"password": NEW, "code": "000000"}).status_code == 410


def test_the_page_shows_the_secret_as_picture_text_and_link(visitor: Visitor, token: str) -> None:
    client = visitor()
    client.get(link(token))
    client.post(link(token), {"password": NEW})
    page = client.get(f"{link(token)}/application").text
    secret = AgentLink.get().totp_secret
    assert 'src="data:image/png;base64,' in page
    assert " ".join(re.findall("....", secret)) in page
    assert f"otpauth://totp/Guichet%20s%C3%A9jour:eva%40exemple.fr?secret={secret}" in page
    assert NEW not in page


@pytest.mark.parametrize("password", ["", "court", "eva@exemple.fr eva", "\x00" * 20, "x" * 5000])
def test_a_password_refused_is_told_beside_its_field(visitor: Visitor, token: str, password: str) -> None:
    client = visitor()
    client.get(link(token))
    answer = client.post(link(token), {"password": password})
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert AgentLink.get().password_hash == ""


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６", "9" * 500])
def test_a_wrong_code_is_told_and_opens_nothing(visitor: Visitor, token: str, code: str) -> None:
    client = visitor()
    client.get(link(token))
    client.post(link(token), {"password": NEW})
    client.get(f"{link(token)}/application")
    answer = client.post(f"{link(token)}/application", {"code": code})
    assert (answer.status_code, 'id="code-error"' in answer.text) == (422, True)
    assert Agent.get().password_hash == ""


def test_codes_are_shown_until_noted_or_a_while_in_each_language(
    visitor: Visitor, token: str, clock: Clock
) -> None:
    client = visitor()
    codes = codes_of(come_in(client, token, clock))
    assert codes_of(client.get("/en/agents/compte/codes?premiers=1")) == codes
    cookie = str(client.client.get_cookie("guichet"))
    assert not any(code in cookie for code in codes)
    clock.advance(minutes=14)
    assert codes_of(client.get("/fr/agents/compte/codes")) == codes
    clock.advance(seconds=recovery_codes_display.LIFE.total_seconds() - 14 * 60)
    assert codes_of(client.get("/fr/agents/compte/codes")) == []


def test_in_with_a_recovery_code_once(visitor: Visitor, token: str, clock: Clock) -> None:
    code = codes_of(come_in(visitor(), token, clock))[0]
    for expected in (303, 422):
        client = visitor()
        assert client.get(f"{CODE}/secours").location == DOOR  # the password first
        client.get(DOOR)
        client.post(DOOR, {"email": "eva@exemple.fr", "password": NEW})
        client.get(f"{CODE}/secours")
        answer = client.post(f"{CODE}/secours", {"code": code})
        assert answer.status_code == expected
        assert (client.get(QUEUE).status_code == 200) is (expected == 303)
        if expected == 303:
            assert "Il vous reste 9 codes de secours" in client.get(answer.location).text.replace("\xa0", " ")


def test_few_codes_left_are_told(desk: PageClient) -> None:
    assert "aucun" in desk.get(ACCOUNT).text
    agent = Agent.get()
    recovery_codes.renew(agent, ["A", "B", "C"])
    assert "il n’en reste que 3" in desk.get(ACCOUNT).text
    assert "C’est peu" in desk.get(f"{ACCOUNT}/codes").text


def test_new_codes_ask_for_the_password(desk: PageClient) -> None:
    path = f"{ACCOUNT}/codes"
    desk.get(path)
    for typed in ("", "wrong"):
        answer = desk.post(path, {"current": typed})
        assert (answer.status_code, 'id="current-error"' in answer.text) == (422, True)
    assert RecoveryCode.select().count() == 0
    assert desk.post(path, {"current": PASSWORD}).status_code == 303
    assert len(codes_of(desk.get(path))) == 10
    desk.post(f"{path}/notes")
    assert codes_of(desk.get(path)) == []


# A password forgotten


def test_the_answer_is_the_same_for_everybody(visitor: Visitor, app: Flask) -> None:
    agent = factories.agent(email="c.perrin@exemple.fr")
    pages = set()
    for address in (agent.email, "nobody@exemple.fr", " C.Perrin@Exemple.FR "):
        client = visitor()
        client.get(FORGOTTEN)
        answer = client.post(FORGOTTEN, {"email": address})
        pages.add((answer.location, client.get(answer.location).get_data()))
    assert len(pages) == 1
    assert [letter["to"] for letter in letters()] == [agent.email] * 2


@pytest.mark.parametrize("address", ["", "perrin", "\x00", "a" * 4000])
def test_what_is_no_address_is_told(visitor: Visitor, address: str) -> None:
    client = visitor()
    client.get(FORGOTTEN)
    assert client.post(FORGOTTEN, {"email": address}).status_code == 422


def test_a_new_password_then_both_locks(visitor: Visitor, clock: Clock) -> None:
    agent = member()
    client = visitor()
    client.get(FORGOTTEN)
    client.post(FORGOTTEN, {"email": agent.email})
    path = f"/fr/agents/nouveau-mot-de-passe/{facts()['token']}"
    client.get(path)
    assert client.post(path, {"password": "court"}).status_code == 422
    answer = client.post(path, {"password": NEW})
    assert "Votre mot de passe est changé" in client.get(answer.location).text
    assert client.get(QUEUE).status_code == 303  # nothing opened
    assert client.get(path).status_code == 410
    client.get(DOOR)
    assert client.post(DOOR, {"email": agent.email, "password": NEW}).location == CODE
    client.get(CODE)
    answer = client.post(CODE, {"code": pyotp.TOTP(agent.totp_secret).at(clock())})
    assert answer.status_code == 303


# One's own account


def test_sessions_are_named_and_closed_one_by_one(visitor: Visitor, clock: Clock) -> None:
    agent = member()
    here, phone = visitor(), visitor()
    phone.client.environ_base["HTTP_USER_AGENT"] = PHONE
    enter(phone, agent, clock)
    enter(here, agent, clock)
    stranger = member()
    enter(visitor(), stranger, clock)
    page = here.get(ACCOUNT).text
    assert page.partition("<template")[0].count("cet appareil") == 1
    assert "Chrome, Android" in page
    of_phone = Session.get(Session.device == "Chrome, Android")
    theirs = Session.get(Session.agent == stranger)
    for number in (of_phone.id, theirs.id, 999_999):
        assert here.post(f"{ACCOUNT}/sessions/{number}").status_code == 303
    assert phone.get(QUEUE).status_code == 303
    assert Session.get_or_none(Session.id == theirs.id) is not None
    assert here.get(QUEUE).status_code == 200


def test_all_others_are_closed_at_once(visitor: Visitor, clock: Clock) -> None:
    agent = member()
    here, others = visitor(), [visitor(), visitor()]
    for client in (*others, here):
        enter(client, agent, clock)
    here.get(ACCOUNT)
    here.post(f"{ACCOUNT}/sessions")
    assert [client.get(QUEUE).status_code for client in (*others, here)] == [303, 303, 200]


def test_another_password_ends_other_sessions_and_is_told(visitor: Visitor, clock: Clock) -> None:
    agent = member()
    other, here = enter(visitor(), agent, clock), enter(visitor(), agent, clock)
    path = f"{ACCOUNT}/mot-de-passe"
    here.get(path)
    for current, password, field in (
        ("", NEW, "current"),
        ("wrong", NEW, "current"),
        (PASSWORD, "court", "password"),
    ):
        answer = here.post(path, {"current": current, "password": password})
        assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)
    assert here.post(path, {"current": PASSWORD, "password": NEW}).status_code == 303
    assert (here.get(QUEUE).status_code, other.get(QUEUE).status_code) == (200, 303)
    assert letters()[-1]["template"] == "mail/staff/password_changed.txt"


def test_letters_come_in_the_language_chosen(app: Flask, desk: PageClient, clock: Clock) -> None:
    path = f"{ACCOUNT}/langue"
    desk.get(path)
    assert desk.post(path, {"language": "xx"}).status_code == 422
    assert desk.post(path, {"language": "en"}).status_code == 422
    assert desk.post(path, {"language": "en", "daily": "daily"}).status_code == 303
    assert (Agent.get().language, Agent.get().daily_mail) == ("en", True)
    assert "English" in desk.get(ACCOUNT).text


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("template", "given"),
    [
        ("staff/invitation", {"token": "abc", "service": "Préfecture du Rhône"}),
        ("staff/invitation", {"token": "abc", "service": ""}),
        ("staff/password", {"token": "abc"}),
        ("staff/password_changed", {}),
        ("staff/recovery_code", {"left": "3"}),
        ("staff/authenticator", {}),
        ("staff/not_ready", {}),
        ("staff/day", {"answers": 2, "messages": 1, "given": 1, "others": 0}),
    ],
)
def test_letters_leave(app: Flask, language: str, template: str, given: dict[str, str]) -> None:
    from app.services.messages.emails import write

    write(template, "eva@exemple.fr", language, given, NOON)
    jobs.run_once(app, NOON)
    assert Outbox.get().done_at is not None
    (letter,) = [one for _name, one in app.extensions["gateways"].mail.letters()]
    body = letter.get_content()
    assert ("Bonjour" in body) is (language == "fr")
    assert "token" not in given or f"http://localhost/{language}/agents/" in body

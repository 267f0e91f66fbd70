"""Passkeys: each answer once, of our origin alone, by a verified person; and every other way in stays."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.services import passkeys
from app.services.access.origins import NOWHERE
from app.services.access.sessions import digest
from app.services.accounts import accounts
from app.services.staff.administration import AdminActor, reset_second_factor
from app.storage.models import Outbox, Passkey, ResetLink
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import Clock
from tests.web.agent_pages import CODE, DOOR, enter, member
from tests.web.device import PRESENT, VERIFIED, Device, handle_of, options_of

pytestmark = pytest.mark.engines("sqlite")

KEYS, WAY_IN = "/fr/suivi/cles", "/fr/compte/connexion/cle"
DESK_KEYS = "/fr/agents/compte/cles"


@pytest.fixture
def person(app):
    """An applicant."""
    return factories.account()


def begin(client, place=KEYS, name="mon téléphone", password=PASSWORD):
    """Give a name and the password; return the page with the button."""
    client.get(place)
    return client.post(place, {"name": name, "password": password})


def add(client, device, place=KEYS, name="mon téléphone"):
    """Add the key of a device."""
    options = options_of(begin(client, place, name).text)
    return client.post(f"{place}/ajouter", {"name": name, "answer": device.create(options)})


def use(client, device, place=WAY_IN, page=WAY_IN):
    """Answer the page of the way in."""
    return client.post(place, {"answer": device.get(options_of(client.get(page).text))})


@pytest.fixture
def device(person, visitor):
    """A device whose key opens the person's account."""
    made = Device()
    assert add(visitor().sign_in(person), made).location == f"{KEYS}?fait=ajout"
    return made


def test_a_key_opens_the_account_in_place_of_the_password(person, device, visitor, clock):
    clock.advance(seconds=1)
    client = visitor()
    assert f'href="{WAY_IN}"' in client.get("/fr/compte/connexion").text
    assert use(client, device).location == "/fr/suivi/"
    assert client.get("/fr/suivi/").status_code == 200
    assert Passkey.get().used_at == clock()
    shown = client.get(KEYS).text
    assert "mon téléphone" in shown
    client.post(f"{KEYS}/{Passkey.get().id}/retirer")
    assert Passkey.select().count() == 0
    templates = [row.payload["template"] for row in Outbox.select().where(Outbox.kind == "mail")]
    assert templates.count("mail/accounts/passkey.txt") == 2
    assert use(visitor(), device).status_code == 422


def test_each_challenge_is_answered_once(app, person, device, visitor, clock):
    clock.advance(seconds=1)
    client = visitor()
    options = options_of(client.get(WAY_IN).text)
    name = app.config["SESSION_COOKIE_NAME"]
    thief = visitor()
    thief.client.set_cookie(name, client.client.get_cookie(name).value)
    thief.token = client.token
    answer = device.get(options)
    assert client.post(WAY_IN, {"answer": answer}).status_code == 303
    clock.advance(seconds=1)
    assert thief.post(WAY_IN, {"answer": answer}).status_code == 422


WRONG = {
    "another site": {"origin": "http://l0calhost"},
    "another host": {"host": "other.example"},
    "nobody verified": {"flags": PRESENT},
    "nobody present": {"flags": VERIFIED},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_proves_nothing_opens_nothing(wrong, person, device, visitor, clock):
    clock.advance(seconds=1)
    for name, value in WRONG[wrong].items():
        setattr(device, name, value)
    client = visitor()
    assert use(client, device).status_code == 422
    assert client.get("/fr/suivi/").status_code != 200


@pytest.mark.parametrize("wrong", WRONG)
def test_nor_is_a_key_made_of_it_kept(wrong, person, visitor):
    made = Device(**WRONG[wrong])
    assert add(visitor().sign_in(person), made).status_code == 422
    assert Passkey.select().count() == 0


@pytest.mark.parametrize(
    "answer", ["", "x", "[]", "{}", '{"id": 1}', '{"id": "x"}', "[" * 50_000, "9" * 30_000]
)
def test_no_answer_is_an_error(answer, person, visitor):
    client = visitor()
    client.get(WAY_IN)
    assert client.post(WAY_IN, {"answer": answer}).status_code == 422
    own = visitor().sign_in(person)
    begin(own)
    assert own.post(f"{KEYS}/ajouter", {"name": "x", "answer": answer}).status_code == 422
    assert own.post(f"{KEYS}/ajouter", {"name": "x", "answer": answer}).status_code == 422, (
        "without challenge"
    )


def test_a_counter_that_goes_back_is_a_copied_key(person, device, visitor, clock):
    clock.advance(seconds=1)
    device.counter = 7
    assert use(visitor(), device).status_code == 303
    clock.advance(seconds=1)
    assert use(visitor(), device).status_code == 422, "the same count again"
    device.counter = 8
    assert use(visitor(), device).status_code == 303


def test_of_two_answers_with_the_same_count_one_opens(person, device, visitor, clock, monkeypatch):
    """A copy is used on another machine whose request began earlier, while this one verifies what it has read."""
    slow, copy = visitor(), visitor()
    device.counter = 7
    clock.advance(seconds=1)
    answer = device.get(options_of(copy.get(WAY_IN).text))
    verify, opened = passkeys.webauthn.verify_authentication_response, []

    def verify_meanwhile(**given):
        monkeypatch.setattr(passkeys.webauthn, "verify_authentication_response", verify)
        clock.advance(seconds=-5)
        opened.append(copy.post(WAY_IN, {"answer": answer}).status_code)
        clock.advance(seconds=5)
        return verify(**given)

    clock.advance(seconds=10)
    options = options_of(slow.get(WAY_IN).text)
    monkeypatch.setattr(passkeys.webauthn, "verify_authentication_response", verify_meanwhile)
    assert slow.post(WAY_IN, {"answer": device.get(options)}).status_code == 422
    assert opened == [303]
    assert slow.get("/fr/suivi/").status_code != 200


def test_a_challenge_ends(person, device, visitor, clock):
    client = visitor()
    page = client.get(WAY_IN).text
    clock.advance(minutes=6)
    assert client.post(WAY_IN, {"answer": device.get(options_of(page))}).status_code == 422


def test_the_password_is_asked_first_and_ten_keys_are_enough(person, device, visitor, monkeypatch):
    client = visitor().sign_in(person)
    wrong = begin(client, password="not this one")
    assert wrong.status_code == 422
    assert "data-passkey" not in wrong.text
    first, second = (options_of(begin(client).text) for _ in range(2))
    assert handle_of(first) == handle_of(second), "devices know one person"
    assert [key["id"] for key in first["excludeCredentials"]] == [Passkey.get().credential]
    assert client.post(f"{KEYS}/ajouter", {"name": "x", "answer": device.create(second)}).status_code == 422
    monkeypatch.setattr("app.services.passkeys.MOST", 1)
    assert begin(client).status_code == 422


def test_nobody_removes_the_key_of_another(person, device, visitor):
    other = visitor().sign_in(factories.account())
    other.get(KEYS)
    other.post(f"{KEYS}/{Passkey.get().id}/retirer")
    assert Passkey.select().count() == 1


def test_a_new_password_takes_the_keys_away(person, device, clock):
    """Whoever lost control of the account has it back alone."""
    ResetLink.create(digest=digest("token"), account=person, expires_at=clock() + timedelta(hours=1))
    accounts.reset("token", "neuf saules au bord du fleuve", NOWHERE, clock())
    assert Passkey.select().count() == 0


@pytest.fixture
def agent(app):
    """A member of a service."""
    return member()


def test_an_agent_answers_with_a_key_in_place_of_the_code_after_the_password(agent, visitor, clock: Clock):
    device = Device()
    desk = enter(visitor(), agent, clock)
    assert add(desk, device, DESK_KEYS).status_code == 303
    assert "mon téléphone" in desk.get(DESK_KEYS).text
    clock.advance(seconds=1)
    client = visitor()
    client.get(DOOR)
    assert client.post(f"{CODE}/cle", {"answer": "{}"}).location == DOOR, "not before the password"
    client.post(DOOR, {"email": agent.email, "password": PASSWORD})
    page = client.get(CODE).text
    assert [key["id"] for key in options_of(page)["allowCredentials"]] == [Passkey.get().credential]
    assert 'name="code"' in page, "the code is another way"
    assert client.post(f"{CODE}/cle", {"answer": device.get(options_of(page))}).location == "/fr/agents/"
    assert client.get("/fr/agents/").status_code == 200


def test_the_key_of_somebody_else_is_no_second_factor(agent, person, device, visitor, clock: Clock):
    own = Device()
    add(enter(visitor(), agent, clock), own, DESK_KEYS)
    clock.advance(seconds=1)
    client = visitor()
    client.get(DOOR)
    client.post(DOOR, {"email": agent.email, "password": PASSWORD})
    answer = client.post(f"{CODE}/cle", {"answer": device.get(options_of(client.get(CODE).text))})
    assert answer.status_code == 422
    assert "Cette clé n’est pas la vôtre" in answer.text
    assert client.get("/fr/agents/").status_code != 200
    assert use(visitor(), own).status_code == 422, "nor does an agent's key open an applicant's account"


def test_a_new_invitation_takes_the_keys_away(agent, visitor, clock: Clock):
    add(enter(visitor(), agent, clock), Device(), DESK_KEYS)
    factories.administrator()
    reset_second_factor(agent, AdminActor(factories.administrator(), clock()))
    assert Passkey.select().count() == 0


def test_a_bare_network_address_offers_none(app, person, visitor):
    app.extensions["settings"] = replace(app.extensions["settings"], origin="http://127.0.0.1:8000")
    client = visitor().sign_in(person)
    assert "data-passkey" not in begin(client).text
    assert WAY_IN not in visitor().get("/fr/compte/connexion").text

"""The door: who comes in, how one leaves, and what happens to what was being typed when time was up."""

import pytest

from app.storage.models import Account, Session
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import Clock
from tests.web.accounts import Visitor, credentials, hidden, without_token, words

DOOR, OUT, SPACE = "/fr/compte/connexion", "/fr/compte/deconnexion", "/fr/suivi/"
STEP = "/fr/demande/etudiant/motif"


@pytest.fixture
def account(visitor: Visitor) -> Account:
    return factories.account()


@pytest.fixture
def client(visitor: Visitor) -> PageClient:
    """A browser in front of the door."""
    client = visitor()
    client.get(DOOR)
    return client


@pytest.fixture
def inside(visitor: Visitor, account: Account) -> PageClient:
    """A browser with the person signed in, on a page of theirs."""
    return visitor().sign_in(account)


# --- coming in


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("by", ["foreign_number", "email"])
def test_by_number_or_address(visitor: Visitor, account: Account, by: str, language: str):
    client = visitor()
    door = f"/{language}/compte/connexion"
    client.get(door)
    answer = client.post(door, {"identifier": getattr(account, by), "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, f"/{language}/suivi/")
    assert client.get(answer.location).status_code == 200


def test_the_cookie_says_nothing_of_address_and_browser(inside: PageClient) -> None:
    with inside.client.session_transaction() as cookie:
        assert not cookie["_id"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"identifier": "", "password": ""}, "Écrivez votre numéro étranger ou votre adresse e-mail."),
        ({"identifier": "9920000999", "password": "x"}, "Identifiant ou mot de passe inexact."),
    ],
)
def test_a_refusal_stands_beside_the_field(client: PageClient, typed: dict[str, str], sentence: str):
    answer = client.post(DOOR, typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page.split('id="identifier-error"')[1].split("</p>")[0]
    assert "<title>Erreur\u00a0:" in page


def test_known_and_unknown_are_one_page_to_the_byte(visitor: Visitor):
    pages = []
    for place in range(2):
        client = visitor()
        client.get(DOOR)
        answer = client.post(DOOR, {"identifier": "9920000137", "password": "wrong"})
        pages.append((answer.status_code, sorted(answer.headers.keys()), without_token(answer)))
        if not place:
            factories.account(factories.identity(foreign_number="9920000137"))
    assert pages[0] == pages[1]


def test_the_password_is_never_in_a_page(client: PageClient, account: Account):
    answer = client.post(DOOR, credentials(account, password="a very private mistake"))
    assert "a very private mistake" not in answer.get_data(as_text=True)
    assert f'value="{account.foreign_number}"' in answer.get_data(as_text=True)


def test_after_failures_the_wait_is_told_and_the_way_out_stays_open(
    client: PageClient, account: Account, clock: Clock
):
    for _try in range(8):
        clock.advance(minutes=1)
        client.post(DOOR, credentials(account, password="wrong"))
    answer = client.post(DOOR, credentials(account))
    assert answer.status_code == 429
    assert "Attendez 20 secondes, puis réessayez." in words(answer)
    assert 'href="/fr/compte/oublie"' in answer.get_data(as_text=True)
    clock.advance(seconds=20)
    assert client.post(DOOR, credentials(account)).status_code == 303


def test_a_neighbour_and_another_source_are_not_delayed(visitor: Visitor, account: Account):
    client = visitor()
    client.get(DOOR)
    for _try in range(8):
        client.post(DOOR, credentials(account, password="wrong"))
    assert client.post(DOOR, credentials(account)).status_code == 429
    elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.post(DOOR, credentials(factories.account())).status_code == 303
    client = visitor()
    client.get(DOOR)
    assert client.post(DOOR, credentials(account), environ_overrides=elsewhere).status_code == 303


def test_the_session_is_renewed(client: PageClient, account: Account):
    before = client.client.get_cookie("guichet")
    form_token = client.token
    client.post(DOOR, credentials(account))
    after = client.client.get_cookie("guichet")
    client.get(SPACE)
    assert before
    assert after
    assert before.value != after.value
    assert client.token != form_token


def test_a_token_planted_before_signing_in_opens_nothing(visitor: Visitor, account: Account):
    attacker = visitor().sign_in(factories.account())
    planted = attacker.client.get_cookie("guichet")
    assert planted
    victim = visitor()
    victim.client.set_cookie("guichet", planted.value)
    victim.get("/fr/")
    victim.client.get(DOOR)
    victim.post(DOOR, credentials(account))
    assert attacker.get(SPACE).status_code == 303, "the planted session ended when the victim signed in"
    assert [session.account for session in Session.select()] == [account]


def test_without_the_forms_token_nobody_comes_in(visitor: Visitor, account: Account):
    client = visitor()
    assert client.post(DOOR, credentials(account, csrf_token="")).status_code == 400
    assert Session.select().count() == 0


def test_whoever_is_inside_does_not_knock(inside: PageClient):
    assert inside.get(DOOR).location == SPACE


# --- where to go next


def test_a_page_asked_for_before_is_opened_after(client: PageClient, account: Account):
    answer = client.get("/fr/suivi/?a=1")
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert "Connectez-vous pour ouvrir cette page." in words(page)
    wanted = hidden(page, "next")
    assert client.post(DOOR, credentials(account, next=wanted)).location == "/fr/suivi/?a=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/\n/evil.example",
        "evil.example",
        "http://[",
    ],
)
def test_the_door_opens_on_no_other_house(client: PageClient, account: Account, elsewhere: str):
    assert client.post(DOOR, credentials(account, next=elsewhere)).location == SPACE


# --- going out


def test_signing_out_ends_the_session_and_clears_the_browser(inside: PageClient):
    cookie = inside.client.get_cookie("guichet")
    answer = inside.post(OUT)
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"', "the browser stays known"
    assert Session.select().count() == 0
    assert cookie
    inside.client.set_cookie("guichet", cookie.value)
    assert inside.get(SPACE).status_code == 303, "the old cookie is worth nothing"


def test_signing_out_is_never_a_link(inside: PageClient):
    assert inside.get(OUT).status_code == 405
    assert inside.client.post(OUT, data={}).status_code == 400
    assert inside.get(SPACE).status_code == 200


def test_private_pages_are_stored_nowhere(inside: PageClient):
    answer = inside.get(SPACE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


# --- time


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 303)])
def test_half_an_hour_without_a_visit_ends_the_session(
    inside: PageClient, clock: Clock, minutes: int, status: int
):
    clock.advance(minutes=minutes)
    assert inside.get(SPACE).status_code == status


def test_visits_prolong_the_session_up_to_twelve_hours(inside: PageClient, clock: Clock):
    for _visit in range(35):
        clock.advance(minutes=20)
        assert inside.get(SPACE).status_code == 200
    clock.advance(minutes=20)
    assert inside.get(SPACE).status_code == 303


def test_staying_is_a_visit(inside: PageClient, clock: Clock):
    clock.advance(minutes=28)
    assert inside.get(inside.post("/fr/compte/rester").location).status_code == 200
    clock.advance(minutes=28)
    assert inside.get(SPACE).status_code == 200


def test_a_session_that_is_over_is_told(inside: PageClient, clock: Clock):
    clock.advance(minutes=31)
    page = inside.get(inside.get(SPACE).location)
    assert "Votre session est terminée" in words(page)


# --- whose device it is


@pytest.fixture
def shared(client: PageClient, account: Account) -> PageClient:
    """A browser whose person said that others use it."""
    assert client.post(DOOR, credentials(account, device="shared")).location == SPACE
    return client


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 303)])
def test_on_a_shared_device_ten_minutes_end_the_session(
    shared: PageClient, clock: Clock, minutes: int, status: int
):
    clock.advance(minutes=minutes)
    answer = shared.get(SPACE)
    assert answer.status_code == status
    assert ("Clear-Site-Data" in answer.headers) == (status == 303), "what the browser holds goes with it"


def test_on_a_shared_device_two_hours_are_the_end(shared: PageClient, clock: Clock):
    for _visit in range(13):
        clock.advance(minutes=9)
        assert shared.get(SPACE).status_code == 200
    clock.advance(minutes=9)
    assert shared.get(SPACE).status_code == 303


def test_nothing_stays_on_a_shared_device(shared: PageClient):
    page = shared.get(SPACE)
    assert "Avant de partir, déconnectez-vous" in words(page)
    assert "kept" not in page.text
    assert "data-offline" not in page.text
    assert shared.client.get_cookie("navigateur") is None, "the browser is not known again"
    assert shared.post(OUT).headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_what_is_typed_stays_on_one_s_own_device(client: PageClient, account: Account):
    client.post(DOOR, credentials(account, device="own"))
    assert 'data-own="1"' in client.get(SPACE).text

"""An account in three screens, in both languages: what is told beside a field, and what is told to nobody."""

import pytest

from app.settings import Settings
from app.storage.models import Account, Session, Signup
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.accounts import (
    NUMBER,
    PASSWORD,
    TYPED,
    Visitor,
    facts,
    letters,
    permit,
    register,
    without_token,
    words,
)

IDENTIFY, EMAIL, CODE = "/fr/compte/creer", "/fr/compte/creer/adresse", "/fr/compte/creer/code"
AGAIN, CHOOSE = "/fr/compte/creer/nouveau-code", "/fr/compte/creer/mot-de-passe"


@pytest.fixture
def client(visitor: Visitor, settings: Settings) -> PageClient:
    """A browser of somebody whose permit is in the register."""
    client = visitor()
    register(settings, permit())
    client.get(IDENTIFY)
    return client


@pytest.fixture
def recognised(client: PageClient) -> PageClient:
    """The same, past the first screen."""
    assert client.post(IDENTIFY, TYPED).location.endswith(EMAIL)
    client.get(EMAIL)
    return client


@pytest.fixture
def written(recognised: PageClient) -> PageClient:
    """The same, with a code on its way."""
    assert recognised.post(EMAIL, {"email": "anh@exemple.fr"}).location.endswith(CODE)
    recognised.get(CODE)
    return recognised


@pytest.fixture
def verified(written: PageClient) -> PageClient:
    """The same, before the last screen."""
    assert written.post(CODE, {"code": facts()["code"]}).location.endswith(CHOOSE)
    written.get(CHOOSE)
    return written


@pytest.mark.parametrize("language", ["fr", "en"])
def test_three_screens_make_an_account_and_open_it(visitor: Visitor, settings: Settings, language: str):
    client = visitor()
    register(settings, permit())
    screen = f"/{language}/compte/creer"
    answers = [TYPED, {"email": "Anh@Exemple.fr"}, None, {"password": PASSWORD}]
    for answer in answers:
        assert client.get(screen).status_code == 200
        sent = client.post(screen, {"code": facts()["code"]} if answer is None else answer)
        assert sent.status_code == 303, words(sent)
        screen = sent.location
    assert screen == f"/{language}/suivi/"
    assert client.get(screen).status_code == 200
    account = Account.get()
    assert (account.foreign_number, account.email, account.language) == (NUMBER, "anh@exemple.fr", language)


def test_the_help_shows_where_each_datum_is_printed(client: PageClient):
    page = client.get(IDENTIFY).get_data(as_text=True)
    assert page.count('<svg class="specimen"') == 2
    assert "aria-labelledby=" in page


# --- the address


@pytest.mark.parametrize(
    "email", ["", "anh", "anh@", "@exemple.fr", "anh@exemple", "anh@exemple.fr\nBcc: x@y.fr"]
)
def test_what_is_no_address_is_told(recognised: PageClient, email: str):
    answer = recognised.post(EMAIL, {"email": email})
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.get_data(as_text=True)
    assert letters() == []


def test_the_address_is_shown_again_and_can_be_mended(written: PageClient):
    page = words(written.get(CODE))
    assert "Envoyé à anh@exemple.fr" in page
    first = facts()["code"]
    assert 'value="anh@exemple.fr"' in written.get(EMAIL).get_data(as_text=True)
    assert written.post(EMAIL, {"email": "thi.anh@exemple.fr"}).status_code == 303
    assert letters()[-1]["to"] == "thi.anh@exemple.fr"
    if first != facts()["code"]:
        assert written.post(CODE, {"code": first}).status_code == 422


def test_an_address_that_has_an_account_gets_the_same_page(recognised: PageClient):
    factories.account(email="taken@exemple.fr")
    assert recognised.post(EMAIL, {"email": "taken@exemple.fr"}).location.endswith(CODE)
    taken = without_token(recognised.get(CODE))
    assert letters()[-1]["template"] == "mail/accounts/account_exists.txt"
    assert recognised.post(EMAIL, {"email": "free_@exemple.fr"}).location.endswith(CODE)
    assert without_token(recognised.get(CODE)).replace("free_", "taken") == taken


def test_a_wrong_code_says_what_to_do_and_the_sixth_needs_a_new_letter(written: PageClient):
    wrong = "000000" if facts()["code"] != "000000" else "111111"
    for _try in range(4):
        assert "Ce code n’est pas le bon." in words(written.post(CODE, {"code": wrong}))
    for code in (wrong, facts()["code"]):
        answer = written.post(CODE, {"code": code})
        assert answer.status_code == 422
        assert "Ce code n’est plus valable." in words(answer)


def test_a_new_code_waits_half_a_minute(written: PageClient, clock: Clock):
    answer = written.post(AGAIN)
    assert answer.status_code == 429
    assert "Attendez 30 secondes" in words(answer)
    clock.advance(seconds=30)
    assert written.post(AGAIN).status_code == 303
    assert written.post(CODE, {"code": facts()["code"]}).status_code == 303


def test_the_link_opened_on_another_device_lets_the_first_one_go_on(written: PageClient, visitor: Visitor):
    link = f"{CODE}/{facts()['token']}"
    telephone = visitor()
    for _scanner in range(2):
        assert "anh@exemple.fr" in words(telephone.get(link))
    assert written.get(CODE).status_code == 200, "opening the link confirms nothing"
    assert telephone.post(link).location.endswith(link)
    assert "Votre adresse est vérifiée" in words(telephone.get(link))
    assert telephone.get(CHOOSE).status_code == 303, "the link alone makes no account"
    assert written.get(CODE).location.endswith(CHOOSE)
    assert written.get(CHOOSE).status_code == 200


def test_the_link_opened_in_the_same_browser_leads_on(written: PageClient):
    link = f"{CODE}/{facts()['token']}"
    written.get(link)
    assert written.post(link).location.endswith(CHOOSE)


@pytest.mark.parametrize("late", [False, True])
def test_a_link_made_up_or_too_old_is_told(written: PageClient, clock: Clock, late: bool):
    token = facts()["token"] if late else "made.up"
    clock.advance(minutes=31 if late else 0)
    for answer in (written.get(f"{CODE}/{token}"), written.post(f"{CODE}/{token}")):
        assert answer.status_code == 410
        assert "Ce lien ne marche plus" in words(answer)


# --- the password


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("", "Choisissez un mot de passe."),
        ("court", "Votre mot de passe doit avoir au moins 12 caractères"),
        ("password1234", "dans les listes de mots de passe volés"),
        ("Nguyễn Thị Ánh 2002", "contient votre nom, votre numéro ou votre adresse"),
        ("anh@exemple.fr", "contient votre nom, votre numéro ou votre adresse"),
    ],
)
def test_a_password_is_refused_with_its_reason_and_never_shown_again(
    verified: PageClient, password: str, sentence: str
):
    answer = verified.post(CHOOSE, {"password": password})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'name="password" value="{password}"' not in answer.get_data(as_text=True)
    assert 'autocomplete="new-password"' in answer.get_data(as_text=True)
    assert Account.select().count() == 0


def test_a_second_click_makes_no_second_account_and_leads_somewhere(verified: PageClient):
    cookie = verified.client.get_cookie("guichet")
    assert cookie
    assert verified.post(CHOOSE, {"password": PASSWORD}).location.endswith("/fr/suivi/")
    verified.client.set_cookie("guichet", cookie.value)
    again = verified.post(CHOOSE, {"password": PASSWORD})
    assert "il est déjà créé" in words(verified.get(again.location))
    assert Account.select().count() == 1


def test_the_session_is_a_new_one(verified: PageClient):
    before = verified.client.get_cookie("guichet")
    verified.post(CHOOSE, {"password": PASSWORD})
    after = verified.client.get_cookie("guichet")
    assert before
    assert after
    assert before.value != after.value
    assert Session.select().count() == 1


@pytest.mark.parametrize("path", [EMAIL, CODE, CHOOSE])
def test_no_screen_is_reached_before_the_ones_before_it(visitor: Visitor, path: str):
    client = visitor()
    client.get(IDENTIFY)
    for answer in (
        client.get(path),
        client.post(path, {"email": "a@exemple.fr", "code": "1", "password": PASSWORD}),
    ):
        assert answer.status_code == 303
        assert answer.location.endswith(f"{IDENTIFY}?again=1")
    assert "Recommencez ici" in words(client.get(f"{IDENTIFY}?again=1"))


def test_no_password_before_the_address_is_verified(written: PageClient):
    assert written.get(CHOOSE).location.endswith(CODE)
    assert written.post(CHOOSE, {"password": PASSWORD}).location.endswith(CODE)
    assert Account.select().count() == 0


def test_a_signup_left_for_a_day_begins_again(verified: PageClient, clock: Clock):
    clock.advance(hours=24)
    assert verified.post(CHOOSE, {"password": PASSWORD}).location.endswith(f"{IDENTIFY}?again=1")


def test_opening_pages_writes_nothing(verified: PageClient):
    before = list(Signup.select().dicts())
    for path in (IDENTIFY, EMAIL, CODE, CHOOSE, f"{CODE}/{facts()['token']}"):
        verified.get(path)
    assert list(Signup.select().dicts()) == before

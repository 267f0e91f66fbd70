"""The first screen of an account: slips are told beside their field, everything else is one answer."""

from pathlib import Path

import pytest

from app.settings import Settings
from app.storage.models import Account, Signup
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.accounts import TYPED, Visitor, letters, permit, register, without_token, words

IDENTIFY = "/fr/compte/creer"


@pytest.fixture
def client(visitor: Visitor, settings: Settings) -> PageClient:
    """A browser of somebody whose permit is in the register."""
    client = visitor()
    register(settings, permit())
    client.get(IDENTIFY)
    return client


@pytest.mark.parametrize(
    ("changes", "key", "sentence"),
    [
        ({"number": ""}, "number", "Écrivez votre numéro étranger."),
        ({"number": "20000137"}, "number", "Ce numéro doit avoir 9 ou 10 chiffres"),
        ({"number": "X4C7T91K2"}, "number", "Le numéro étranger n’a que des chiffres."),
        ({"valid_until-day": "31", "valid_until-month": "11"}, "valid_until", "Le 31/11/2027 n’existe pas."),
        ({"valid_from-month": "15"}, "valid_from", "Le mois va de 1 à 12."),
        ({"valid_from-year": "26"}, "valid_from", "Écrivez l’année avec quatre chiffres"),
        ({"valid_from-year": ""}, "valid_from", "Écrivez le jour, le mois et l’année en chiffres"),
        ({"valid_from-year": "2029"}, "valid_until", "La date de fin doit être après la date de début."),
        ({"valid_until-year": "2099"}, "valid_until", "Cette date est très éloignée d’aujourd’hui."),
    ],
)
def test_a_slip_is_told_beside_its_field(
    client: PageClient, changes: dict[str, str], key: str, sentence: str
):
    answer = client.post(IDENTIFY, TYPED | changes)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert sentence in page.split(f'id="{key}-error"')[1].split("</p>")[0]
    assert "<title>Erreur\u00a0:" in page
    for name, value in (TYPED | changes).items():
        assert not value or f'name="{name}"' in page
        assert f'value="{value}"' in page
    assert Signup.select().count() == 0


def test_unknown_number_wrong_date_and_existing_account_are_one_page_to_the_byte(
    visitor: Visitor, settings: Settings
):
    pages = []
    for records, has_account in (
        ([], False),
        ([permit(foreign_number="9920000999")], False),
        ([permit(valid_from="2026-02-02")], False),
        ([permit(valid_until="2027-01-30")], False),
        ([permit(valid_until="2027-01-30")], True),
        ([permit()], True),
    ):
        register(settings, *records)
        if has_account and not Account.select().exists():
            factories.account(permit(), email="holder@exemple.fr")
        client = visitor()
        client.get(IDENTIFY)
        answer = client.post(IDENTIFY, TYPED, environ_overrides={"REMOTE_ADDR": f"192.0.2.{len(pages)}"})
        pages.append((answer.status_code, dict(answer.headers), without_token(answer)))
        assert "nous ne disons pas lequel" in pages[0][2]
    assert len({page for _status, _headers, page in pages}) == 1
    assert len({(status, *sorted(headers)) for status, headers, _page in pages}) == 1
    assert [letter["to"] for letter in letters()] == ["holder@exemple.fr"]


def test_after_failures_the_wait_is_told_and_the_answers_stay(client: PageClient, clock: Clock):
    wrong = TYPED | {"valid_until-day": "30"}
    for _try in range(6):
        assert client.post(IDENTIFY, wrong).status_code == 422
    answer = client.post(IDENTIFY, TYPED)
    assert answer.status_code == 429
    assert "Attendez 5 secondes, puis réessayez." in words(answer)
    assert 'value="99 20 00 01 37"' in answer.get_data(as_text=True)
    clock.advance(seconds=5)
    assert client.post(IDENTIFY, TYPED).status_code == 303


def test_a_register_that_is_away_keeps_the_answers(client: PageClient, settings: Settings):
    Path(settings.register_url.removeprefix("file:")).write_text("{", encoding="utf-8")
    answer = client.post(IDENTIFY, TYPED)
    assert answer.status_code == 503
    assert "Le registre des titres ne répond pas" in words(answer)
    assert 'value="99 20 00 01 37"' in answer.get_data(as_text=True)


def test_switching_language_loses_nothing(client: PageClient):
    answer = client.post("/en/compte/creer", TYPED | {"switch_language": "en", "number": "20000137"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert '<html lang="en" dir="ltr">' in page
    assert 'value="20000137"' in page
    assert 'id="number-error"' not in page

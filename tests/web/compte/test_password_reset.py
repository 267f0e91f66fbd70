"""The way back in: one answer for everybody, a link good once, and only when its form is sent."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from app import jobs
from app.gateways.mail import from_url
from app.presenters.message_text import sender_facts, text
from app.settings import Settings
from app.storage.models import Account, ResetLink, Session
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.servers.smtp import Mailbox
from tests.web.accounts import Visitor, facts, letters, words

ASK, DOOR = "/fr/compte/oublie", "/fr/compte/connexion"
NEW = "une barque verte sur la rive"


@pytest.fixture
def account(visitor: Visitor) -> Account:
    return factories.account(email="anh@exemple.fr")


@pytest.fixture
def client(visitor: Visitor) -> PageClient:
    client = visitor()
    client.get(ASK)
    return client


@pytest.fixture
def link(client: PageClient, account: Account) -> str:
    """The address that the letter holds."""
    client.post(ASK, {"identifier": account.foreign_number})
    return f"/fr/compte/nouveau-mot-de-passe/{facts()['token']}"


def test_the_answer_is_the_same_for_everybody(client: PageClient, account: Account):
    pages = []
    for identifier in (account.foreign_number, account.email, "9999999999", "nobody@exemple.fr", "x"):
        answer = client.post(ASK, {"identifier": identifier})
        assert answer.status_code == 303
        pages.append((answer.location, client.get(answer.location).get_data()))
        client.get(ASK)
    assert len(set(pages)) == 1
    assert "Regardez vos e-mails" in pages[0][1].decode()
    assert [letter["to"] for letter in letters()] == ["anh@exemple.fr"] * 2


def test_an_empty_identifier_is_told(client: PageClient):
    answer = client.post(ASK, {"identifier": " "})
    assert answer.status_code == 422
    assert 'id="identifier-error"' in answer.get_data(as_text=True)


def test_opening_the_link_uses_nothing_up(client: PageClient, link: str):
    for _scanner in range(3):
        assert client.get(link).status_code == 200
    assert ResetLink.get().used_at is None
    assert client.post(link, {"password": NEW}).status_code == 303


def test_a_password_manager_learns_whose_password_it_is(client: PageClient, account: Account, link: str):
    name = f'name="username" value="{account.foreign_number}" autocomplete="username"'
    page = client.get(link).text
    assert f'<input type="text" {name} hidden readonly>' in page, "managers pass over type=hidden"


def test_the_new_password_opens_and_the_old_one_does_not(client: PageClient, account: Account, link: str):
    client.get(link)
    answer = client.post(link, {"password": NEW})
    assert "Votre mot de passe est changé" in words(client.get(answer.location))
    typed = {"identifier": account.email, "password": PASSWORD}
    assert client.post(DOOR, typed).status_code == 422
    assert client.post(DOOR, typed | {"password": NEW}).status_code == 303


def test_the_link_serves_once(client: PageClient, link: str):
    client.get(link)
    client.post(link, {"password": NEW})
    for answer in (client.get(link), client.post(link, {"password": "une autre barque sur la rive"})):
        assert answer.status_code == 410
        assert "Ce lien ne marche plus" in words(answer)
        assert "Il a déjà servi, il a plus de 30 minutes" in words(answer)


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 410)])
def test_the_link_lives_half_an_hour(client: PageClient, link: str, clock: Clock, minutes: int, status: int):
    clock.advance(minutes=minutes)
    assert client.get(link).status_code == status


def test_a_weak_password_is_told_and_uses_nothing_up(client: PageClient, link: str):
    client.get(link)
    answer = client.post(link, {"password": "password1234"})
    assert answer.status_code == 422
    assert "dans les listes de mots de passe volés" in words(answer)
    assert client.post(link, {"password": NEW}).status_code == 303


def test_every_other_device_is_signed_out(client: PageClient, account: Account, visitor: Visitor, link: str):
    telephone = visitor().sign_in(account)
    client.get(link)
    client.post(link, {"password": NEW})
    assert Session.select().count() == 0
    assert telephone.get("/fr/suivi/").status_code == 303


def test_an_owner_who_has_to_wait_comes_in_by_the_link(client: PageClient, account: Account, link: str):
    client.get(DOOR)
    for _try in range(9):
        client.post(DOOR, {"identifier": account.email, "password": "wrong"})
    assert client.post(DOOR, {"identifier": account.email, "password": PASSWORD}).status_code == 429
    client.get(link)
    client.post(link, {"password": NEW})
    client.get(DOOR)
    assert client.post(DOOR, {"identifier": account.email, "password": NEW}).status_code == 303


@pytest.mark.parametrize("path", [ASK, "/fr/compte/nouveau-mot-de-passe/x", "/fr/compte/creer/code/x"])
def test_without_the_forms_token_nothing_happens(client: PageClient, account: Account, path: str):
    answer = client.post(path, {"identifier": account.email, "password": NEW, "csrf_token": ""})
    assert answer.status_code == 400
    assert letters() == []


# --- the letters


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("template", "given", "path"),
    [
        ("verify_email", {"code": "012345", "token": "t.o-k_en"}, "compte/creer/code/t.o-k_en"),
        ("reset_password", {"token": "t.o-k_en"}, "compte/nouveau-mot-de-passe/t.o-k_en"),
        ("account_exists", {"by": "number"}, "compte/connexion"),
        ("account_exists", {"by": "email"}, "compte/connexion"),
    ],
)
def test_a_letter_is_whole_and_its_link_begins_with_the_configured_origin(
    app: Flask, settings: Settings, language: str, template: str, given: dict[str, str], path: str
):
    with app.test_request_context(headers={"Host": "evil.example"}):
        letter = text(language, f"mail/accounts/{template}.txt", sender_facts(settings) | given)
    lines = letter.splitlines()
    assert lines[0]
    assert not lines[1]
    assert f"http://localhost/{language}/{path}" in lines
    assert "evil.example" not in letter
    assert "%(" not in letter
    assert "<" not in letter
    if "code" in given:
        assert "012345" in lines[0], "a telephone shows the code without opening the letter"


def test_the_letter_that_arrives_opens_the_page_of_its_link(
    client: PageClient, app: Flask, account: Account, smtp: Mailbox
):
    mailer = from_url(f"{smtp.url}?tls=none", "Guichet <ne-pas-repondre@sejour.example>")
    app.extensions["gateways"] = replace(app.extensions["gateways"], mail=mailer)
    client.post(ASK, {"identifier": account.foreign_number})
    assert jobs.run_once(app, NOON) == 1
    [letter] = smtp.messages
    assert letter["To"] == "anh@exemple.fr"
    [link] = re.findall(r"^http://localhost(/\S+)", letter.get_content(), re.MULTILINE)
    assert "Choisir un nouveau mot de passe" in words(client.get(link))

"""The mailbox of the account is lost, in both languages: the request, the agents' page, the way back in."""

from typing import Any

import pytest
from flask import Flask

from app.presenters.message_text import sender_facts, text
from app.settings import Settings
from app.storage.models import Account, Recovery
from tests import factories, visas
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.accounts import NUMBER, TYPED, Visitor, facts, letters, permit, register, words
from tests.web.agent_pages import address, enter, member

OLD, NEW, CHOSEN = "ancienne@exemple.fr", "nouvelle@exemple.fr", "une barque verte sur la rive"
WANTED = TYPED | {"email": NEW, "postcode": "69003"}
LANGUAGES = pytest.mark.parametrize("lang", ["fr", "en"])
GRANT = {"decision": "grant", "checked": "counter", "seen": "Passeport présenté."}
REFUSE = {"decision": "refuse", "reason": "Venez au guichet avec votre passeport."}


@pytest.fixture
def account(app: Flask, settings: Settings) -> Account:
    factories.service()
    register(settings, permit())
    return factories.account(permit(), email=OLD)


def ask(client: PageClient, lang: str = "fr", path: str = "adresse-perdue", **changes: str) -> Any:
    client.get(f"/{lang}/compte/{path}")
    return client.post(f"/{lang}/compte/{path}", WANTED | changes)


@pytest.fixture
def asked(visitor: Visitor, account: Account) -> Recovery:
    """A request whose new address is confirmed, of somebody with an application at Lyon."""
    factories.filed(account)
    client = visitor()
    ask(client)
    link = f"/fr/compte/adresse-perdue/lien/{facts()['token']}"
    client.get(link)
    assert client.post(link).status_code == 303
    return Recovery.get()


def page_of(asked: Recovery, lang: str = "fr") -> str:
    return f"/{lang}/agents/adresses/{asked.id}"


def decide(desk: PageClient, asked: Recovery, fields: dict[str, str], lang: str = "fr") -> Any:
    desk.get(page_of(asked, lang))
    return desk.post(page_of(asked, lang), fields)


@pytest.fixture
def colleague(visitor: Visitor, asked: Recovery, clock: Clock) -> PageClient:
    return enter(visitor(), member(asked.service, name="C. Perrin"), clock)


# --- asking


@LANGUAGES
@pytest.mark.parametrize("change", [{}, {"number": "9999999999"}, {"valid_from-day": "2"}])
def test_one_answer_and_one_letter_whatever_is_typed(
    visitor: Visitor, account: Account, lang: str, change: dict[str, str]
):
    client = visitor()
    answer = ask(client, lang, **change)
    assert (answer.status_code, answer.location) == (303, f"/{lang}/compte/adresse-perdue/envoi")
    page = client.get(answer.location)
    assert ("24 heures" if lang == "fr" else "24 hours") in words(page)
    assert [(one["to"], one["language"]) for one in letters()] == [(NEW, lang)]
    link = f"/{lang}/compte/adresse-perdue/lien/{facts()['token']}"
    for _scanner in range(2):
        assert NEW in client.get(link).text
    assert Recovery.get().confirmed_at is None
    done = client.post(link)
    assert (done.status_code, done.location) == (303, f"/{lang}/compte/adresse-perdue/confirmee")
    assert ("guichet" if lang == "fr" else "counter") in words(client.get(done.location))
    assert client.get(link).location == done.location, "one that did its work says nothing of the data either"


@LANGUAGES
@pytest.mark.parametrize(
    ("key", "value"),
    [("number", "12"), ("email", "x"), ("postcode", "99999"), ("postcode", ""), ("email", "é" * 300)],
)
def test_an_error_stands_beside_its_field_and_what_was_typed_stays(
    visitor: Visitor, account: Account, lang: str, key: str, value: str
):
    answer = ask(visitor(), lang, **{key: value})
    assert answer.status_code == 422
    assert f'id="{key}-error"' in answer.text
    assert 'value="2026"' in answer.text
    assert letters() == []


@LANGUAGES
def test_a_visa_asks_too(visitor: Visitor, settings: Settings, lang: str):
    factories.service()
    register(settings, visas.record())
    visas.holder(email=OLD)
    typed = {"visa": visas.VISA, "valid_from-month": "11"}
    assert ask(visitor(), lang, "adresse-perdue/visa", **typed).status_code == 303
    assert Recovery.get().account.email == OLD


def test_a_register_that_is_away_is_said(
    visitor: Visitor, account: Account, settings: Settings, tmp_path: Any
):
    (tmp_path / "register.json").unlink()
    answer = ask(visitor())
    assert answer.status_code == 503
    assert "Le registre des titres ne répond pas" in words(answer)


@pytest.mark.parametrize("kind", ["lien", "arreter"])
def test_a_link_made_up_is_dead(visitor: Visitor, app: Flask, kind: str):
    client = visitor()
    client.get("/fr/compte/adresse-perdue")
    for answer in (
        client.get(f"/fr/compte/adresse-perdue/{kind}/x"),
        client.post(f"/fr/compte/adresse-perdue/{kind}/x"),
    ):
        assert answer.status_code == 410


def test_the_pages_that_speak_of_a_lost_mailbox_lead_here(visitor: Visitor, app: Flask):
    for path in ("/fr/compte/oublie", "/fr/aide/questions/mot-de-passe-oublie", "/fr/aide/plan-du-site"):
        assert "/fr/compte/adresse-perdue" in visitor().get(path).text, path


# --- the owner


@LANGUAGES
def test_the_old_mailbox_stops_the_request(visitor: Visitor, asked: Recovery, lang: str):
    [told] = [one for one in letters() if one["template"] == "mail/accounts/mailbox_asked.txt"]
    link = f"/{lang}/compte/adresse-perdue/arreter/{told['facts']['token']}"
    client = visitor()
    assert client.get(link).status_code == 200
    assert Recovery.get().stopped_at is None
    answer = client.post(link)
    assert client.get(answer.location).status_code == 200
    assert Recovery.get().stopped_at is not None
    assert client.get(link).status_code == 410


# --- the agents


@LANGUAGES
def test_the_request_is_in_the_list_of_its_service_with_what_to_check(
    colleague: PageClient, asked: Recovery, lang: str
):
    assert f"/{lang}/agents/adresses" in colleague.get(f"/{lang}/agents/").text
    listed = colleague.get(f"/{lang}/agents/adresses")
    assert page_of(asked, lang) in listed.text
    assert "Nguyễn" in listed.text
    page = colleague.get(page_of(asked, lang))
    for shown in (OLD, NEW, "14", "2002"):
        assert shown in page.text


@LANGUAGES
def test_granted_the_person_comes_back_by_the_new_mailbox(
    colleague: PageClient, visitor: Visitor, asked: Recovery, lang: str
):
    answer = decide(colleague, asked, GRANT, lang)
    assert answer.status_code == 303
    assert page_of(asked, lang) not in colleague.get(answer.location).text
    assert [one["to"] for one in letters()][-2:] == [NEW, OLD]
    client = visitor()
    link = f"/{lang}/compte/nouveau-mot-de-passe/{letters()[-2]['facts']['token']}"
    client.get(link)
    assert client.post(link, {"password": CHOSEN}).status_code == 303
    client.get(f"/{lang}/compte/connexion")
    typed = {"identifier": NEW, "password": CHOSEN}
    assert client.post(f"/{lang}/compte/connexion", typed).status_code == 303
    assert client.post(f"/{lang}/compte/connexion", typed | {"identifier": OLD}).status_code != 200


def test_the_history_tells_how_identity_was_checked(colleague: PageClient, asked: Recovery):
    decide(colleague, asked, GRANT)
    from app.storage.models import Dossier

    page = words(colleague.get(address(Dossier.get())))
    assert "C. Perrin change l’adresse e-mail du compte, identité vérifiée au guichet" in page
    assert GRANT["seen"] in page


@LANGUAGES
def test_refused_nothing_changes_and_the_reason_is_told(colleague: PageClient, asked: Recovery, lang: str):
    assert decide(colleague, asked, REFUSE, lang).status_code == 303
    assert Account.get().email == OLD
    assert {one["to"] for one in letters()[-2:]} == {OLD, NEW}
    assert {one["facts"]["reason"] for one in letters()[-2:]} == {REFUSE["reason"]}


@LANGUAGES
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "decision"),
        ({"decision": "x"}, "decision"),
        ({"decision": "grant"}, "checked"),
        ({"decision": "grant", "checked": "counter", "seen": "123"}, "seen"),
        ({"decision": "grant", "checked": "counter", "seen": "x" * 501}, "seen"),
        ({"decision": "refuse"}, "reason"),
    ],
)
def test_a_decision_says_how_or_why(
    colleague: PageClient, asked: Recovery, lang: str, fields: dict[str, str], wrong: str
):
    answer = decide(colleague, asked, fields, lang)
    assert answer.status_code == 422
    assert f'id="{wrong}-error"' in answer.text
    assert Account.get().email == OLD
    assert Recovery.get().decided_at is None


@pytest.mark.parametrize("fields", [GRANT, REFUSE, {}])
def test_an_agent_of_another_service_sees_and_does_nothing(
    visitor: Visitor, asked: Recovery, clock: Clock, fields: dict[str, str]
):
    stranger = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert page_of(asked) not in stranger.get("/fr/agents/adresses").text
    assert stranger.get(page_of(asked)).status_code == 404
    stranger.get("/fr/agents/adresses")
    assert stranger.post(page_of(asked), fields).status_code == 404
    assert (Account.get().email, Recovery.get().decided_at) == (OLD, None)


def test_an_applicant_sees_nothing_of_it(visitor: Visitor, asked: Recovery, account: Account):
    person = visitor().sign_in(account)
    assert person.post(page_of(asked), GRANT).status_code != 200
    assert Account.get().email == OLD


@LANGUAGES
def test_too_late_is_told_and_changes_nothing(colleague: PageClient, asked: Recovery, lang: str):
    decide(colleague, asked, REFUSE)
    before = len(letters())
    answer = decide(colleague, asked, GRANT, lang)
    assert answer.status_code == 409
    assert "C. Perrin" in words(answer)
    assert (Account.get().email, len(letters())) == (OLD, before)


def test_an_address_of_another_account_is_told_to_the_agent(colleague: PageClient, asked: Recovery):
    factories.account(email=NEW)
    answer = decide(colleague, asked, GRANT)
    assert answer.status_code == 422
    assert "déjà celle d’un autre compte" in words(answer)
    assert Recovery.get().decided_at is None


@pytest.mark.parametrize("number", ["999999", "0", "99999999999999999999", "x"])
def test_a_request_that_is_none_is_not_found(colleague: PageClient, number: str):
    assert colleague.get(f"/fr/agents/adresses/{number}").status_code == 404


# --- the letters


@LANGUAGES
@pytest.mark.parametrize(
    ("template", "given", "path"),
    [
        ("mailbox_confirm", {"token": "t.o-k_en"}, "compte/adresse-perdue/lien/t.o-k_en"),
        ("mailbox_asked", {"token": "t.o-k_en"}, "compte/adresse-perdue/arreter/t.o-k_en"),
        ("mailbox_granted", {"token": "t.o-k_en"}, "compte/nouveau-mot-de-passe/t.o-k_en"),
        ("mailbox_granted", {"token": ""}, "compte/suivre"),
        ("mailbox_changed", {}, ""),
        ("mailbox_refused", {"reason": "Venez <vite> au guichet."}, ""),
    ],
)
def test_a_letter_is_whole(
    app: Flask, settings: Settings, lang: str, template: str, given: dict[str, str], path: str
):
    with app.test_request_context(headers={"Host": "evil.example"}):
        letter = text(lang, f"mail/accounts/{template}.txt", sender_facts(settings) | given)
    lines = letter.splitlines()
    assert lines[0]
    assert not lines[1]
    assert not path or f"http://localhost/{lang}/{path}" in lines
    assert "%(" not in letter
    assert given.get("reason", "") in letter
    assert NUMBER not in letter

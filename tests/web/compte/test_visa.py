"""Coming with a visa, in both languages: the account, the file followed by mail, the number and its password."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.settings import Settings
from app.storage.models import Account, Dossier
from tests import factories, visas
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.on_offer import STUDENT_FIRST
from tests.web.accounts import PASSWORD, Visitor, facts, letters, register, without_token, words
from tests.web.agent_pages import act, address, enter, member

MAIL, CHOSEN = "omer@exemple.fr", "une barque verte sur la rive"
TYPED = {
    "visa": "FRA 330000203",
    "valid_from-day": "1",
    "valid_from-month": "11",
    "valid_from-year": "2026",
    "valid_until-day": "31",
    "valid_until-month": "1",
    "valid_until-year": "2027",
}
LANGUAGES = pytest.mark.parametrize("lang", ["fr", "en"])


@pytest.fixture
def client(visitor: Visitor, settings: Settings) -> PageClient:
    register(settings, visas.record())
    return visitor()


def filed(**columns: Any) -> Dossier:
    journey = STUDENT_FIRST
    of = {"journey": journey.slug, "journey_version": journey.version}
    return factories.filed(visas.holder(email=MAIL, **columns), **of)


def send(client: PageClient, path: str, **fields: str) -> Any:
    """Open a page and send its form."""
    client.get(path)
    return client.post(path, fields)


def letter(tmp_path: Path, subject: str) -> str:
    """The text of the demonstration's letter with these words."""
    texts = [one.read_text(encoding="utf-8") for one in sorted((tmp_path / "mail").glob("*"))]
    return next(one for one in reversed(texts) if subject in one)


# --- the account


@LANGUAGES
@pytest.mark.parametrize("kind", ["VLS", "VLS-TS"])
def test_three_screens_from_the_visa_to_the_space(visitor: Visitor, settings: Settings, lang: str, kind: str):
    register(settings, visas.record(kind))
    client = visitor()
    assert send(client, f"/{lang}/compte/creer/visa", **TYPED).location.endswith("/creer/adresse")
    assert send(client, f"/{lang}/compte/creer/adresse", email=MAIL).location.endswith("/creer/code")
    answer = send(client, f"/{lang}/compte/creer/code", code=facts()["code"])
    last = client.get(answer.location)
    assert ("given" if lang == "en" else "attribution") in words(last)
    assert ('type="password"' in last.text) == (kind == "VLS-TS")
    answer = client.post(f"/{lang}/compte/creer/mot-de-passe", {"password": PASSWORD})
    assert answer.location.endswith(f"/{lang}/suivi/")
    page = client.get(answer.location)
    assert Account.get().foreign_number is None
    assert ("etudiant-premiere" in page.text) == (kind == "VLS")


@LANGUAGES
def test_unknown_wrong_and_taken_are_one_page(visitor: Visitor, client: PageClient, lang: str):
    path = f"/{lang}/compte/creer/visa"
    pages = set()
    for change in ({"visa": "330000999"}, {"valid_from-day": "2"}, {"valid_until-day": "30"}, {}):
        if not change:
            visas.holder(email=MAIL)
        other = visitor()
        answer = send(other, path, **TYPED | change)
        assert answer.status_code == 422
        typed = without_token(answer)
        for value in (change.get("visa", ""), TYPED["visa"]):
            typed = typed.replace(value, "") if value else typed
        pages.add(re.sub(r'(name="valid_[^"]*"[^>]*value=")[^"]*', r"\1", typed))
    assert len(pages) == 1
    assert len(letters()) == 1, "the holder alone is told"


@LANGUAGES
@pytest.mark.parametrize(("number", "status"), [("", 422), ("12", 422), ("ABCDE", 422), ("é" * 40, 422)])
def test_a_number_that_is_none_is_told_beside_its_field(
    client: PageClient, lang: str, number: str, status: int
):
    answer = send(client, f"/{lang}/compte/creer/visa", **TYPED | {"visa": number})
    assert answer.status_code == status
    assert 'id="visa-error"' in answer.text


# --- following by mail


@LANGUAGES
def test_a_file_is_followed_by_its_reference_without_number(client: PageClient, lang: str):
    dossier = filed()
    answer = send(client, f"/{lang}/compte/suivre", email=MAIL, reference=str(dossier.reference))
    assert answer.location.endswith("/suivre/code")
    answer = send(client, f"/{lang}/compte/suivre/code", code=facts()["code"])
    page = client.get(answer.location)
    assert str(dossier.reference) in page.text
    assert ("en cours d’attribution" if lang == "fr" else "given") in words(page)
    assert ("Votre titre ou votre visa" if lang == "fr" else "Your permit or visa") in words(page)
    assert ("travailler" if lang == "fr" else "work") not in re.findall(r"\w+", words(page)), (
        "what a visa allows is not ours to say"
    )


@LANGUAGES
def test_the_link_opens_the_file_on_another_device(visitor: Visitor, client: PageClient, lang: str):
    dossier = filed()
    send(client, f"/{lang}/compte/suivre", email=MAIL)
    link = f"/{lang}/compte/suivre/lien/{facts()['token']}"
    other = visitor()
    for _scanner in range(2):
        assert other.get(link).status_code == 200
    answer = other.post(link)
    assert str(dossier.reference) in other.get(answer.location).text
    third = visitor()
    assert third.get(link).status_code == 410
    third.get("/fr/compte/suivre")
    assert third.post(link).status_code == 410


@LANGUAGES
def test_nobody_learns_whether_an_address_has_a_file(visitor: Visitor, lang: str):
    dossier = filed()
    other = factories.filed()
    before, pages = len(letters()), set()
    for email, reference in (
        (MAIL, dossier.reference),
        (MAIL, other.reference),
        ("personne@exemple.fr", dossier.reference),
        (other.account.email, other.reference),
    ):
        client = visitor()
        answer = send(client, f"/{lang}/compte/suivre", email=email, reference=str(reference))
        assert answer.status_code == 303
        wrong = send(client, answer.location, code="000001")
        assert wrong.status_code == 422
        pages.add(without_token(wrong))
    assert len(pages) == 1
    assert len(letters()) == before + 1


@LANGUAGES
def test_a_first_application_is_filed_without_number_to_its_confirmation(client: PageClient, lang: str):
    columns = {"journey": STUDENT_FIRST.slug, "journey_version": STUDENT_FIRST.version}
    factories.service()
    factories.complete(factories.draft(visas.holder(email=MAIL), **columns))
    send(client, f"/{lang}/compte/suivre", email=MAIL)
    send(client, f"/{lang}/compte/suivre/code", code=facts()["code"])
    steps = f"/{lang}/demande/{STUDENT_FIRST.slug}"
    for step in STUDENT_FIRST.steps[:-1]:
        assert client.get(f"{steps}/{step.slug}").status_code == 200, step.slug
    answer = client.post(f"{steps}/deposer", {"sworn": "yes"})
    assert answer.status_code == 303
    page = client.get(answer.location)
    assert page.status_code == 200
    assert str(Dossier.get().reference) in page.text
    assert Account.get().foreign_number is None


# --- the number and the provisional password


@pytest.fixture
def taken(app: Flask, client: PageClient, visitor: Visitor, clock: Clock) -> Dossier:
    """A first application that an agent has just taken, through the page."""
    dossier = filed()
    desk = enter(visitor(), member(dossier.service), clock)
    assert act(desk, dossier, "take").status_code == 303
    jobs.run_once(app, clock())
    assert "9920" in desk.get(address(dossier)).text or Account.get_by_id(dossier.account_id).foreign_number
    return dossier


def _credentials(tmp_path: Path) -> dict[str, str]:
    text = letter(tmp_path, "mot de passe provisoire")
    [password] = re.findall(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}\b", text)
    return {"identifier": str(Account.get().foreign_number), "password": password}


@LANGUAGES
def test_the_provisional_password_only_leads_to_choosing_ones_own(
    taken: Dossier, visitor: Visitor, tmp_path: Path, lang: str
):
    given = _credentials(tmp_path)
    client = visitor()
    answer = send(client, f"/{lang}/compte/connexion", **given)
    assert "/nouveau-mot-de-passe/" in answer.location
    assert client.get(f"/{lang}/suivi/").status_code == 303, "nothing else opens"
    page = client.get(answer.location)
    assert ("provisoire" if lang == "fr" else "temporary") in words(page).lower()
    assert client.post(answer.location, {"password": "password1234"}).status_code == 422
    assert client.post(answer.location, {"password": CHOSEN}).status_code == 303
    again = send(visitor(), f"/{lang}/compte/connexion", **given)
    assert again.status_code == 422, "it serves once"
    inside = send(client, f"/{lang}/compte/connexion", identifier=given["identifier"], password=CHOSEN)
    assert str(taken.reference) in client.get(inside.location).text


def test_used_twice_before_the_choice_it_opens_nothing(taken: Dossier, visitor: Visitor, tmp_path: Path):
    given = _credentials(tmp_path)
    assert send(visitor(), "/fr/compte/connexion", **given).status_code == 303
    assert send(visitor(), "/fr/compte/connexion", **given).status_code == 422


def test_late_it_opens_nothing_and_looks_like_any_wrong_password(
    taken: Dossier, visitor: Visitor, tmp_path: Path, clock: Clock
):
    given = _credentials(tmp_path)
    clock.advance(hours=73)
    late = send(visitor(), "/fr/compte/connexion", **given)
    wrong = send(visitor(), "/fr/compte/connexion", **given | {"password": "wrong"})
    assert (late.status_code, without_token(late)) == (422, without_token(wrong))


def test_the_agent_reads_the_number_on_the_dossier(
    taken: Dossier, app: Flask, visitor: Visitor, clock: Clock
):
    desk = enter(visitor(), member(taken.service), clock)
    number = str(Account.get().foreign_number)
    page = words(desk.get(address(taken))).replace("\u00a0", "")
    assert number in page.replace(" ", "")
    assert "Numéro étranger attribué" in page
    found = desk.get(f"/fr/agents/?q={number}")
    assert str(taken.reference) in found.text


@LANGUAGES
def test_the_letter_of_the_number_is_in_the_holders_language(
    app: Flask, client: PageClient, visitor: Visitor, clock: Clock, tmp_path: Path, lang: str
):
    dossier = filed(language=lang)
    desk = enter(visitor(), member(dossier.service), clock)
    act(desk, dossier, "take")
    jobs.run_once(app, NOON.replace(day=24))
    subject = {"fr": "Votre mot de passe provisoire", "en": "Your foreign-national number"}[lang]
    text = letter(tmp_path, subject)
    assert f"http://localhost/{lang}/compte/connexion" in text
    assert "%(" not in text

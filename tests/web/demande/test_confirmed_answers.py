"""Answers that no list or library knows: doubted once, accepted the second time, and told to the agent."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.questions import CONFIRMED, Case, Kind
from app.domain.procedures import on_offer
from app.storage.models import Conversation, Correction, Dossier
from tests import factories
from tests.fixtures import Clock
from tests.generated import TODAY, paths
from tests.on_offer import STUDENT_RENEWAL
from tests.web.agent_pages import address, enter, member
from tests.web.forms import filled
from tests.web.procedures import words
from tests.web.public.test_messages import ANYBODY, write

pytestmark = pytest.mark.engines("sqlite")

STEP = STUDENT_RENEWAL.steps[0]
PAGE = "/{lang}/demande/etudiant/informations-personnelles"

DOUBTED: dict[str, tuple[str, dict[str, str], Any, str, str]] = {
    "telephone in a new range": (
        "phone",
        {"phone": "0693 37 25 96"},
        "+262693372596",
        "Nous ne connaissons pas ce numéro",
        "We do not know this telephone number",
    ),
    "CEDEX": (
        "postcode",
        {"postcode": "69421", "commune": "Lyon CEDEX 03"},
        "69421",
        "code CEDEX",
        "CEDEX code",
    ),
    "commune in no list": (
        "commune",
        {"postcode": "69421", "postcode-confirms": "69421", "commune": "Nouvelle-Ville"},
        "Nouvelle-Ville",
        "dans le département 69",
        "in the département 69",
    ),
    "hamlet that the postcode does not have": (
        "commune",
        {"postcode": "69480", "commune": "Hameau des Vignes"},
        "Hameau des Vignes",
        "Au code postal 69480, les communes sont",
        "At postcode 69480",
    ),
    "name written beside the list": (
        "commune",
        {"postcode": "69003", "commune": "69383", "commune-name": "Lyon-la-Neuve"},
        "Lyon-la-Neuve",
        "Le code postal 69003 est celui de Lyon 3e",
        "69003 is that of Lyon 3e",
    ),
    "commune of another postcode of the département": (
        "commune",
        {"postcode": "69003", "commune": "Villeurbanne"},
        "69266",
        "Le code postal 69003 est celui de Lyon 3e",
        "69003 is that of Lyon 3e",
    ),
    "passport that has run out": (
        "passport_until",
        {"passport_until-day": "1", "passport_until-month": "5", "passport_until-year": "2026"},
        "2026-05-01",
        "attestation consulaire",
        "consular",
    ),
}


@pytest.fixture(autouse=True)
def lyon(app: Flask) -> Any:
    """The service that receives."""
    return factories.service()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", DOUBTED)
def test_doubted_once_then_kept_and_told_to_the_agent(
    name: str, lang: str, visitor: Any, clock: Clock
) -> None:
    key, typed, stored, french, english = DOUBTED[name]
    person = factories.account()
    factories.complete(factories.draft(person))
    client, page = visitor().sign_in(person), PAGE.format(lang=lang)
    client.get(page)
    first = client.post(page, filled(STEP, **typed))
    assert first.status_code == 422
    beside = words(first.text).split(f'id="{key}-error"', 1)[1].split("</p>", 1)[0]
    assert (french if lang == "fr" else english) in beside
    assert ("une deuxième fois" if lang == "fr" else "a second time") in beside
    assert first.text.count('id="erreurs"') == 1
    assert first.text.count('aria-invalid="true"') == (3 if "passport" in key else 1), "the rest is right"
    assert f'name="{key}-confirms" value="{stored}"' in first.text
    assert client.post(page, filled(STEP, **typed, **{f"{key}-confirms": str(stored)})).status_code == 303
    draft = Dossier.get()
    sure = {"postcode": "69421"} if typed.get("postcode-confirms") else {}
    assert (draft.answers[key], draft.answers[CONFIRMED]) == (stored, sure | {key: stored})
    if key == "postcode":
        assert draft.answers["commune"] == "69123"

    client.get(page)
    assert client.post(page, filled(STEP, **typed)).status_code == 303, "confirmed once for all"
    client.get(f"/{lang}/demande/etudiant/recapitulatif")
    client.post(f"/{lang}/demande/etudiant/deposer", {"sworn": "yes"})
    filed = Dossier.get()
    assert filed.sealed[CONFIRMED] == sure | {key: stored}
    assert filed.service.code == "69"
    desk = words(enter(visitor(), member(filed.service), clock).get(address(filed, lang=lang)).text)
    assert ("confirmé par la personne" if lang == "fr" else "confirmed by the person") in desk


def test_another_value_is_doubted_again(visitor: Any) -> None:
    client, page = visitor().sign_in(factories.account()), PAGE.format(lang="fr")
    client.get(page)
    wrong = {"phone": "0693 37 25 97", "phone-confirms": "+262693372596"}
    assert client.post(page, filled(STEP, **wrong)).status_code == 422
    assert not Dossier.select().exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"phone": "06 12"}, "Ce numéro n’existe pas"),
        ({"postcode": "99999", "commune": ""}, "Nous ne connaissons pas ce code postal"),
        ({"postcode": "69003", "commune": "Marseille"}, "Marseille n’est pas dans le département"),
        ({"postcode": "69421", "commune": "Marseille"}, "Marseille n’est pas dans le département"),
        ({"postcode": "13780", "commune": "Hameau des Vignes"}, "sert à plusieurs départements"),
        ({"postcode": "69480", "commune": "12345"}, "en lettres"),
        ({"postcode": "69480", "commune": "75117"}, "Au code postal 69480, les communes sont"),
    ],
)
def test_what_cannot_be_is_refused_however_often_it_is_sent(
    typed: dict[str, str], sentence: str, visitor: Any
) -> None:
    client, page = visitor().sign_in(factories.account()), PAGE.format(lang="fr")
    client.get(page)
    again = {f"{key}-confirms": value for key, value in typed.items()}
    for fields in (typed, typed | again):
        answer = client.post(page, filled(STEP, **fields))
        assert answer.status_code == 422
        assert sentence in words(answer.text)


@pytest.mark.parametrize(
    ("postcode", "typed", "code"),
    [
        ("01300", "Arbignieu", "01015"),  # a part of Arboys en Bugey since 2016
        ("01300", "arbignieu", "01015"),
        ("01300", "ARBOYS-EN-BUGEY", "01015"),
    ],
)
def test_the_old_name_of_a_merged_commune_is_known(
    postcode: str, typed: str, code: str, visitor: Any
) -> None:
    client, page = visitor().sign_in(factories.account()), PAGE.format(lang="fr")
    client.get(page)
    answer = client.post(page, filled(STEP, postcode=postcode, commune=typed))
    assert answer.status_code == 303, words(answer.text)[:500]
    assert Dossier.get().answers["commune"] == code


def test_a_name_in_no_list_stays_beside_the_list(visitor: Any) -> None:
    person = factories.account()
    factories.draft(
        person, answers={**factories.ANSWERS, "postcode": "69480", "commune": "Hameau des Vignes"}
    )
    client = visitor().sign_in(person)
    text = client.get(PAGE.format(lang="fr")).text
    assert '<details class="help" open><summary>' in text.split('id="commune-field"', 1)[1]
    assert 'name="commune-name" dir="auto" value="Hameau des Vignes"' in text


def test_a_corrected_answer_may_be_confirmed_too(visitor: Any) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}/modifier/informations-personnelles"
    client.get(page)
    typed = {"phone": "0693 37 25 96"}
    assert client.post(page, filled(STEP, **typed)).status_code == 422
    assert client.post(page, filled(STEP, **typed, **{"phone-confirms": "+262693372596"})).status_code == 303
    assert Dossier.get().sealed[CONFIRMED] == {"phone": "+262693372596"}
    assert list(Correction.get().changes) == ["phone"], "the word itself is no change of an answer"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_service_of_a_cedex_is_the_prefecture_of_its_departement(lang: str, visitor: Any) -> None:
    page = f"/{lang}/aide/service?postcode=69421"
    assert visitor().get(page).status_code == 422
    known = visitor().get(f"{page}&postcode-confirms=69421")
    assert known.status_code == 200
    assert "Préfecture du Rhône" in words(known.text) or "69" in known.text


def test_a_question_with_a_cedex_arrives(visitor: Any) -> None:
    typed = {**ANYBODY, "postcode": "69421"}
    client = visitor()
    assert write(client, **typed).status_code == 422
    assert write(client, **typed, **{"postcode-confirms": "69421"}).status_code == 303
    assert Conversation.select().count() == 1


@pytest.mark.parametrize("journey", on_offer(), ids=str)
def test_no_check_walls_off_what_the_documents_step_accepts_instead(journey: Journey, app: Flask) -> None:
    """Where a paper may be replaced by another, a date that is past for it is doubted, never refused."""
    replaced = {key for document in journey.documents if document.instead for key in document.proves}
    dates = [
        question
        for step in journey.steps
        for question in step.questions
        if question.kind is Kind.DATE and question.key in replaced and question.key.endswith("_until")
    ]
    assert dates or journey.purpose in (Purpose.CHANGE, Purpose.VALIDATION)
    for question, answers in ((question, path) for question in dates for path in paths(journey)):
        past = (TODAY - timedelta(days=200)).isoformat()
        problem = question.problem(past, Case({**answers, question.key: past}, today=TODAY))
        assert problem is None or problem.doubt, question.key


def test_a_commune_chosen_in_a_list_stays_a_name_where_its_postcode_is_in_none(visitor: Any) -> None:
    """Without scripts, the list of the postcode before sends a code."""
    client, page = visitor().sign_in(factories.account()), PAGE.format(lang="fr")
    client.get(page)
    text = client.post(page, filled(STEP, postcode="69421", commune="69383")).text
    assert 'name="commune" value="Lyon 3e"' in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_a_valid_passport_one_says_what_is_given_instead(
    lang: str, visitor: Any, clock: Clock
) -> None:
    person = factories.account()
    factories.complete(factories.draft(person))
    client, page = visitor().sign_in(person), PAGE.format(lang=lang)
    client.get(page)
    typed = {"passport_held": "no", "passport_number": "", "passport_until-year": ""}
    missing = client.post(page, filled(STEP, **typed))
    assert missing.status_code == 422
    assert 'id="passport_instead-error"' in missing.text
    assert 'id="passport_number-error"' not in missing.text
    assert client.post(page, filled(STEP, **typed, passport_instead="consular")).status_code == 303
    client.get(f"/{lang}/demande/etudiant/recapitulatif")
    assert client.post(f"/{lang}/demande/etudiant/deposer", {"sworn": "yes"}).status_code == 303
    filed = Dossier.get()
    assert filed.sealed["passport_instead"] == "consular"
    assert "passport_number" not in filed.sealed
    beside = words(enter(visitor(), member(filed.service), clock).get(address(filed, lang=lang)).text)
    assert ("Une attestation consulaire" if lang == "fr" else "A consular certificate") in beside


def test_the_only_commune_of_a_postcode_is_chosen_already(visitor: Any) -> None:
    client = visitor().sign_in(factories.account())
    client.get(PAGE.format(lang="fr"))
    text = client.get("/fr/demande/etudiant/informations-personnelles/communes?postcode=69003&commune=").text
    assert '<option value="69383" selected' in text

"""Every procedure, whole, over its pages, in both languages: each option of each question chosen at least once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask

from app.domain.journeys.journey import Journey, Purpose
from app.domain.journeys.questions import Case
from app.domain.procedures import journey, on_offer
from app.storage.models import Dossier
from app.web.localisation.language import gettext as _
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.generated import PERMIT_UNTIL, TODAY, forms, paths
from tests.speaking import speaking
from tests.web.agent_pages import address, enter, member
from tests.web.forms import filled
from tests.web.procedures import go_through, holder, words

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]


@pytest.mark.parametrize("one", on_offer(), ids=str)
def test_every_option_is_chosen_somewhere(one: Journey) -> None:
    chosen: dict[str, set[str]] = {}
    for answers in paths(one):
        for key, value in answers.items():
            chosen.setdefault(key, set()).update(value if isinstance(value, list) else [str(value)])
    refused = {("no_work", "no")}  # the answers that a check refuses whatever the rest says
    for step in one.steps:
        for question in step.questions:
            for option in question.options:
                assert option.key in chosen[question.key] or (question.key, option.key) in refused


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("one", on_offer(), ids=str)
def test_the_whole_procedure(
    one: Journey, lang: str, app: Flask, visitor: Callable[[], PageClient], clock: Clock
) -> None:
    factories.service()
    desk = enter(visitor(), member(), clock)
    for answers in paths(one):
        dossier = go_through(one, answers, lang, app, visitor())
        seen = words(desk.get(address(dossier, lang=lang)).text)
        with speaking(app, lang):
            for document in one.needed(Case(dossier.sealed, identity=dossier.identity, today=TODAY)):
                assert words(_(document.title)) in seen


SITUATIONS: dict[str, dict[str, Any]] = {
    "visa-validated": {"permit_kind": "VLS-TS", "validated_on": "2026-02-20"},
    "several-years": {"permit_kind": "CSP", "valid_from": "2023-02-11"},
    "recepisse": {"permit_kind": "RECEPISSE"},
    "late": {"valid_until": date(2026, 12, 20)},
    "ended": {"valid_until": date(2026, 10, 20)},
    "other-ground": {"mention": "vie-privee"},
    "no-commitment-owed": {"nationality": "DZA"},
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("one", [one for one in on_offer() if one.purpose is Purpose.RENEWAL], ids=str)
def test_a_renewal_whatever_is_held(
    one: Journey, situation: str, lang: str, app: Flask, visitor: Callable[[], PageClient]
) -> None:
    factories.service()
    held = SITUATIONS[situation]
    dossier = go_through(one, paths(one)[0], lang, app, visitor(), **held)
    assert dossier.in_time is (situation not in ("late", "ended"))
    late = 0 if dossier.in_time else 18_000
    case = Case(dossier.sealed, identity=dossier.identity, today=TODAY)
    assert one.fee(case, TODAY) == (10_000 if one.slug == "etudiant" else 25_000) + late
    asked = {document.key for document in one.needed(case)}
    assert ("commitment" in asked) is (situation != "no-commitment-owed")


# Answers that do not go together: each is told beside its question, in both languages.
WRONG = (
    (
        "talent",
        "activity",
        {"talent_mention": "talent-chercheur", "activity": "company"},
        "contrat de travail",
        "contract",
    ),
    ("talent", "annual_pay", {"annual_pay": "0"}, "plus grand que zéro", "above zero"),
    ("talent", "annual_pay", {"annual_pay": "99999999"}, "1 000 000 €", "€1,000,000"),
    ("talent", "employer_siret", {"employer_siret": "73282932000075"}, "a une erreur", "has a mistake"),
    ("talent", "employer_siret", {"employer_siret": "732"}, "14 chiffres", "14 digits"),
    ("talent", "contract_ends", {"contract_ends-year": "2025"}, "après la date de début", "after the start"),
    ("talent-famille", "principal_number", {"principal_number": "12AB"}, "que des chiffres", "digits"),
    ("talent-famille", "principal_until", {"principal_until-year": "2020"}, "passée", "past"),
    ("talent-famille", "married_on", {"married_on-year": "2031"}, "futur", "future"),
    ("visiteur", "no_work", {"no_work": "no"}, "ne permet pas de travailler", "does not allow you to work"),
    ("visiteur", "stay_words", {"stay_words": "..."}, "avec des mots", "in words"),
)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("slug", "key", "typed", "french", "english"), WRONG)
def test_wrong_combinations(
    slug: str, key: str, typed: dict[str, str], french: str, english: str, lang: str, app: Flask, visitor: Any
) -> None:
    factories.service()
    one = next(each for each in on_offer() if each.slug == slug)
    person = holder(one)
    answers = next(each for each in paths(one) if key in each)
    factories.draft(person, answers, journey=slug)
    client = visitor().sign_in(person)
    step = next(step for step in one.steps if any(q.key == key for q in step.questions))
    page = f"/{lang}/demande/{slug}/{step.slug}"
    client.get(page)
    answer = client.post(page, filled(step, answers, **typed))
    assert answer.status_code == 422
    text = words(answer.text)
    beside = text.split(f'id="{key}-error"', 1)[1].split("</p>", 1)[0]
    assert (french if lang == "fr" else english) in beside
    kept = Dossier.get(Dossier.account == person)
    assert kept.answers == answers


def test_a_spouse_who_is_not_married_is_told(app: Flask, visitor: Any) -> None:
    factories.service()
    one = next(each for each in on_offer() if each.slug == "talent-famille")
    person = holder(one)
    answers = paths(one)[0] | {"family": "single", "kinship": "spouse", "married_on": "2020-01-01"}
    factories.draft(person, answers, journey=one.slug)
    client = visitor().sign_in(person)
    step = forms(one)[1]
    client.get(f"/fr/demande/{one.slug}/{step.slug}")
    answer = client.post(f"/fr/demande/{one.slug}/{step.slug}", filled(step, answers))
    assert answer.status_code == 422
    assert "pas dit être en mariage" in answer.text


@pytest.mark.parametrize(
    ("printed", "slug"),
    [("passeport-talent-chercheur", "talent"), ("passeport-talent-famille", "talent-famille")],
)
def test_a_card_with_an_old_name_is_renewed_under_the_new_one(
    printed: str, slug: str, app: Flask, visitor: Any
) -> None:
    person = factories.account(factories.identity(PERMIT_UNTIL, mention=printed))
    page = words(visitor().sign_in(person).get("/fr/suivi/").text)
    assert f"/fr/titre/{slug}" in page or f"/fr/demande/{slug}" in page
    first = words(visitor().sign_in(person).get(f"/fr/demande/{slug}/informations-personnelles").text)
    assert "passeport talent" in first
    assert "aujourd’hui" in first


def test_a_permit_of_another_ground_can_ask_for_these(app: Flask, visitor: Any) -> None:
    person = factories.account(factories.identity(PERMIT_UNTIL, mention="vie-privee"))
    client = visitor().sign_in(person)
    assert client.get("/fr/demande/visiteur").location.endswith("/informations-personnelles")
    assert "autre=1" in client.get("/fr/demande/visiteur-premiere").location


def test_a_first_application_is_late_after_two_months(app: Flask, visitor: Any) -> None:
    one = next(each for each in on_offer() if each.slug == "visiteur-premiere")
    on_time, late = {"entered_on": "2026-10-01"}, {"entered_on": "2026-09-22"}
    assert one.window(Case(on_time)).timing(TODAY) == "in_time"
    assert one.window(Case(late)).timing(TODAY) == "late"
    assert one.fee(Case(late, today=TODAY), TODAY) == 35_000  # no late fee for a first application


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_draft_of_the_first_edition_is_filed_and_read_as_it_was_begun(
    lang: str, app: Flask, visitor: Callable[[], PageClient], clock: Clock
) -> None:
    factories.service()
    old = journey("etudiant", 1)
    person = holder(old)
    answers = {key: value for key, value in ANSWERS.items() if key in old.relevant(ANSWERS)}
    dossier = factories.complete(factories.draft(person, answers, journey_version=1))
    client = visitor().sign_in(person)
    page = client.get(f"/{lang}/demande/etudiant/informations-personnelles").text
    assert 'name="passport_number"' in page
    assert 'name="children"' not in page
    client.get(f"/{lang}/demande/etudiant/recapitulatif")
    answer = client.post(f"/{lang}/demande/etudiant/deposer", {"sworn": "yes"})
    assert answer.status_code == 303
    filed = Dossier.get_by_id(dossier.id)
    assert "exemption" not in filed.sealed
    space = words(client.get(f"/{lang}/suivi/").text)
    assert filed.reference in space
    assert 'name="children"' not in client.get(f"/{lang}/suivi/{filed.reference}/modifier/personnelles").text
    desk = enter(visitor(), member(), clock)
    assert filed.reference in words(desk.get(address(filed, lang=lang)).text)

"""Every procedure, whole, over its pages, in both languages: each option of each question chosen at least once."""

import json
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from flask_babel import gettext as _

from app.domain.journey import Journey, Page
from app.domain.procedures import JOURNEYS
from app.domain.questions import Case
from app.storage.models import Account, Dossier, PhotoCode
from app.web.answers import spoken
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.generated import PERMIT_UNTIL, TODAY, forms, identity, paths
from tests.web.desk import address, enter, member
from tests.web.forms import filled

pytestmark = pytest.mark.engines("sqlite")


def words(text: str) -> str:
    """The text of a page as its reader compares it."""
    return unescape(text).replace("\xa0", " ").replace("\u202f", " ")


def holder(one: Journey) -> Any:
    """Somebody whose permit opens this procedure."""
    record = factories.identity(PERMIT_UNTIL, **identity(one))
    if "visa_number" in record:
        record["visa_number"] = f"{Account.select().count():09d}"
    number = record["foreign_number"] or None
    return factories.account(record, foreign_number=number, visa_number=record.get("visa_number"))


@pytest.mark.parametrize("one", JOURNEYS, ids=str)
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
@pytest.mark.parametrize("one", JOURNEYS, ids=str)
def test_the_whole_procedure(
    one: Journey, lang: str, app: Flask, visitor: Callable[[], PageClient], clock: Clock
) -> None:
    factories.service()
    desk = enter(visitor(), member(), clock)
    for answers in paths(one):
        dossier = go_through(one, answers, lang, app, visitor())
        seen = words(desk.get(address(dossier, lang=lang)).text)
        with app.test_request_context(f"/{lang}/"), force_locale(lang):
            for document in one.needed(Case(dossier.sealed, identity=dossier.identity, today=TODAY)):
                assert words(_(document.title)) in seen


def go_through(one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient) -> Dossier:
    """From « Je commence » to the follow-up, looking at each page."""
    person = holder(one)
    client.sign_in(person)
    if one.stamp:
        answers = answers | {one.stamp.key: buy_stamp(one, answers, person, app)}
    root = f"/{lang}/demande/{one.slug}"
    for step in forms(one):
        shown = words(client.get(f"{root}/{step.slug}").text)
        answer = client.post(f"{root}/{step.slug}", filled(step, answers))
        assert answer.status_code == 303, words(answer.text)
        with app.test_request_context(f"/{lang}/"), force_locale(lang):
            assert all(words(_(question.label)) in shown for question in step.asked(answers))
    dossier = Dossier.get(Dossier.account == person)
    look_at_documents(one, answers, lang, app, client, dossier)
    look_at_summary(one, answers, lang, app, client)
    answer = client.post(f"{root}/deposer", {"sworn": "yes"})
    assert answer.status_code == 303, words(answer.text)
    dossier = Dossier.get_by_id(dossier.id)
    assert dossier.reference in client.get(answer.location).text
    assert dossier.reference in client.get(f"/{lang}/suivi/").text
    assert dossier.sealed == {
        key: value for key, value in one.relevant(answers).items() if key != "observation"
    } | {"observation": ""}
    delay = one.answer_within(Case(answers, identity=person.identity, today=TODAY))
    assert dossier.legal_answer_on == (delay.after(TODAY) if delay else None)
    return dossier


def buy_stamp(one: Journey, answers: dict[str, Any], person: Any, app: Flask) -> str:
    """A stamp of the right amount, known to its desk."""
    number = f"{person.id:016d}"
    owed = one.fee(Case(answers, identity=person.identity, today=TODAY), TODAY)
    path = Path(app.extensions["settings"].stamps_url.removeprefix("file:"))
    known = json.loads(path.read_text(encoding="utf-8"))
    known[number] = {"state": "good", "amount": owed, "bought_on": "2026-11-01"}
    path.write_text(json.dumps(known), encoding="utf-8")
    return number


def look_at_documents(
    one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient, dossier: Dossier
) -> None:
    """Exactly the documents declared are asked for; then they are given."""
    if not one.documents:
        return
    text = words(client.get(f"/{lang}/demande/{one.slug}/justificatifs").text)
    case = Case(answers, identity=dossier.identity, today=TODAY)
    needed = one.needed(case)
    with app.test_request_context(f"/{lang}/"), force_locale(lang):
        for document in one.documents:
            assert (f'id="{document.key}"' in text) is (document in needed), document.key
            assert document not in needed or words(_(document.title)) in text
    for document in needed:
        factories.document(dossier, document.key)
    if one.photo(case):
        code = f"{dossier.id:022d}"
        PhotoCode.create(dossier=dossier, code=code, state="ready", given_at=NOON, checked_at=NOON)


def look_at_summary(one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient) -> None:
    """Every answer is read again, in the language of the page."""
    text = words(client.get(f"/{lang}/demande/{one.slug}/recapitulatif").text)
    with app.test_request_context(f"/{lang}/"), force_locale(lang):
        for step, rows in one.rows(answers):
            for question, value in rows:
                if step.page is Page.FORM:
                    assert words(_(question.title)) in text
                    assert words(spoken(question, value, lang)) in text, question.key
    assert "%(" not in text


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
    ("talent", "contract_ends", {"contract_ends-year": "2025"}, "après le début", "after the start"),
    ("talent-famille", "principal_number", {"principal_number": "12AB"}, "que des chiffres", "digits"),
    ("talent-famille", "principal_until", {"principal_until-year": "2020"}, "passée", "past"),
    ("talent-famille", "married_on", {"married_on-year": "2031"}, "futur", "future"),
    ("visiteur", "no_work", {"no_work": "no"}, "ne permet pas de travailler", "does not allow work"),
    ("visiteur", "stay_words", {"stay_words": "..."}, "avec des mots", "in words"),
)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("slug", "key", "typed", "french", "english"), WRONG)
def test_wrong_combinations(
    slug: str, key: str, typed: dict[str, str], french: str, english: str, lang: str, app: Flask, visitor: Any
) -> None:
    factories.service()
    one = next(journey for journey in JOURNEYS if journey.slug == slug)
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
    one = next(journey for journey in JOURNEYS if journey.slug == "talent-famille")
    person = holder(one)
    answers = paths(one)[0] | {"family": "single", "kinship": "spouse", "married_on": "2020-01-01"}
    factories.draft(person, answers, journey=one.slug)
    client = visitor().sign_in(person)
    step = forms(one)[1]
    client.get(f"/fr/demande/{one.slug}/{step.slug}")
    answer = client.post(f"/fr/demande/{one.slug}/{step.slug}", filled(step, answers))
    assert answer.status_code == 422
    assert "ne pas être marié" in answer.text


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
    one = next(journey for journey in JOURNEYS if journey.slug == "visiteur-premiere")
    on_time, late = {"entered_on": "2026-10-01"}, {"entered_on": "2026-09-22"}
    assert one.window(Case(on_time)).timing(TODAY) == "in_time"
    assert one.window(Case(late)).timing(TODAY) == "late"
    assert one.fee(Case(late, today=TODAY), TODAY) == 35_000  # no late fee for a first application

"""The student renewal: which questions and documents are asked, how far one can go, what is sealed."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.journeys.journey import Page
from app.domain.journeys.questions import EDITION, PHOTO, Case, Kind
from app.domain.procedures import JOURNEYS, journey, registry
from app.domain.procedures.resources import EXEMPTIONS, monthly_resources
from app.domain.procedures.resources import STUDENT_RESOURCES as RESOURCES
from tests.answers import ANSWERS
from tests.on_offer import STUDENT_RENEWAL, VISA_VALIDATION

TODAY = date(2026, 11, 23)
COMPLETE = Case(ANSWERS, frozenset(d.key for d in STUDENT_RENEWAL.needed(Case(ANSWERS))) | {PHOTO}, TODAY)


def case(**answers):
    return replace(COMPLETE, answers={**ANSWERS, **answers})


def test_the_six_steps_of_the_faq():
    assert [step.title for step in STUDENT_RENEWAL.steps] == [
        "Informations personnelles",
        "Motif de séjour",
        "Ressources",
        "Justificatifs",
        "Récapitulatif",
        "Confirmation",
    ]


def test_an_empty_dossier_begins_at_the_first_step():
    assert STUDENT_RENEWAL.first_incomplete(Case({}, today=TODAY)).slug == "informations-personnelles"


def test_a_complete_dossier_ends_at_the_summary():
    assert STUDENT_RENEWAL.first_incomplete(COMPLETE).page is Page.SUMMARY


@pytest.mark.parametrize(
    "step", [s for s in STUDENT_RENEWAL.steps if s.page is Page.FORM], ids=lambda s: s.slug
)
def test_each_required_answer_holds_its_step_back(step):
    for question in step.asked(ANSWERS):
        without = Case({k: v for k, v in ANSWERS.items() if k != question.key}, COMPLETE.received, TODAY)
        assert STUDENT_RENEWAL.is_complete(step, without) is not question.required, question.key


def test_later_steps_are_not_reachable():
    early = Case({}, today=TODAY)
    first_incomplete = STUDENT_RENEWAL.first_incomplete(early)
    reachable = [
        step.slug for step in STUDENT_RENEWAL.steps if STUDENT_RENEWAL.can_visit(step, first_incomplete)
    ]
    assert reachable == ["informations-personnelles"]


def test_a_missing_document_or_photo_holds_the_summary_back():
    for key in COMPLETE.received:
        missing = replace(COMPLETE, received=COMPLETE.received - {key})
        assert STUDENT_RENEWAL.first_incomplete(missing).page is Page.DOCUMENTS
        assert STUDENT_RENEWAL.missing(missing) == (key,)


@pytest.mark.parametrize(
    ("housing", "documents"),
    [
        ("tenant", {"home_bill"}),
        ("owner", {"home_bill"}),
        ("hosted", {"host_statement", "host_identity", "host_home"}),
        ("residence", {"residence_statement"}),
        ("hotel", {"hotel_statement"}),
        ("domiciled", {"domicile_election"}),
    ],
)
def test_each_housing_has_its_own_proof(housing, documents):
    every = {"home_bill", "host_statement", "host_identity", "host_home", "residence_statement"}
    every |= {"hotel_statement", "domicile_election"}
    asked = {d.key for d in STUDENT_RENEWAL.needed(Case({**ANSWERS, "housing": housing}))}
    assert asked & every == documents


def test_a_changed_mind_keeps_the_answer_and_seals_without_it():
    answers = {**ANSWERS, "housing": "tenant", "host": "Madame Diallo"}
    assert "host" not in STUDENT_RENEWAL.relevant(answers)
    assert STUDENT_RENEWAL.relevant({**answers, "housing": "hosted"})["host"] == "Madame Diallo"


def test_only_ticked_resources_count():
    answers = {"sources": ["salary"], "salary_amount": 90_000, "family_amount": 50_000}
    assert monthly_resources(answers) == 90_000
    assert monthly_resources({**answers, "sources": ["salary", "family"]}) == 140_000


@pytest.mark.parametrize("exemption", [option.key for option in EXEMPTIONS if option.key != "none"])
def test_who_is_exempt_shows_a_proof_and_no_resources(exemption):
    exempt = case(exemption=exemption)
    keys = {question.key for question in RESOURCES.asked(exempt.answers)}
    assert keys == {"exemption", "resources_note"}
    documents = {document.key for document in STUDENT_RENEWAL.needed(exempt)}
    assert "exemption_proof" in documents
    assert documents.isdisjoint({"payslips", "guarantor", "bank_statement", "scholarship_statement"})
    assert RESOURCES.sufficiency(exempt.answers, TODAY) is None
    assert "salary_amount" not in STUDENT_RENEWAL.relevant(exempt.answers)


def test_who_is_not_exempt_shows_resources():
    assert {"sources", "salary_amount", "free_housing"} <= {q.key for q in RESOURCES.asked(ANSWERS)}
    assert RESOURCES.sufficiency(ANSWERS, TODAY).asked == 87_750
    assert "exemption_proof" not in {document.key for document in STUDENT_RENEWAL.needed(COMPLETE)}


@pytest.mark.parametrize(
    ("answers", "documents"),
    [
        ({}, set()),
        ({"family": "married"}, {"family", "spouse_identity"}),
        ({"family": "partner"}, {"family", "spouse_identity"}),
        ({"family": "widowed", "children": "yes"}, {"children_births"}),
        # Her permit is what « talent (famille) » rests on: it is asked once.
        ({"family": "married", "kinship": "spouse"}, {"family"}),
    ],
)
def test_a_family_shows_its_papers(answers, documents):
    every = {"family", "spouse_identity", "children_births"}
    assert {document.key for document in STUDENT_RENEWAL.needed(case(**answers))} & every == documents


def test_a_programme_of_mobility_is_proved_and_has_its_own_mention():
    moving = case(mobility="yes", mobility_programme="Erasmus Mundus")
    assert "mobility_proof" in {document.key for document in STUDENT_RENEWAL.needed(moving)}
    assert STUDENT_RENEWAL.granted_mention(moving) == "etudiant-mobilite"
    assert STUDENT_RENEWAL.granted_mention(COMPLETE) == "etudiant"


@pytest.mark.parametrize(
    ("one", "edition"),
    [(one, edition) for one in JOURNEYS for edition in range(one.since, (one.until or EDITION) + 1)],
    ids=str,
)
def test_a_dossier_keeps_the_edition_it_was_begun_with(one, edition):
    pinned = journey(one.slug, edition)
    assert pinned.version == edition
    kept = [q.key for step in one.steps for q in step.questions if q.in_edition(edition)]
    assert [q.key for step in pinned.steps for q in step.questions] == kept
    assert [d.key for d in pinned.documents] == [d.key for d in one.documents if d.in_edition(edition)]
    assert all(one.step(step.slug).title == step.title for step in pinned.steps)
    for step in pinned.steps:  # a condition on what was not asked then is lifted, wherever it was
        assert all(not q.when or q.when.key in kept for q in step.questions)


def test_a_draft_of_the_first_edition_is_as_complete_as_it_was():
    added = {"children", "passport_held", "passport_from", "mobility", "last_diploma", "exemption"}
    old = replace(COMPLETE, answers={key: value for key, value in ANSWERS.items() if key not in added})
    assert STUDENT_RENEWAL.first_incomplete(old).slug == "informations-personnelles"
    assert journey("etudiant", 1).first_incomplete(old).page is Page.SUMMARY


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("passport_until", "2026-11-22", "passée"),
        ("passport_from", "2026-11-24", "futur"),
        ("entered_on", "2026-11-24", "futur"),
        ("year_ends", "2026-09-07", "après la date de début"),
        ("passport_number", "12", "6 à 12"),
        ("school", "12345", "mots"),
        ("salary_amount", 0, "plus grand que zéro"),
        ("salary_amount", 99_999_999, "zéros"),
        ("housing", "castle", "réponses proposées"),
        ("sources", ["salary", "lottery"], "réponses proposées"),
        ("address", "rue " * 200, "trop longue"),
    ],
)
def test_each_check_says_how_to_mend(key, value, words):
    found = [step.problems(case(**{key: value})).get(key) for step in STUDENT_RENEWAL.steps]
    problem = next(filter(None, found))
    assert words in problem.text % dict(problem.values)


@pytest.mark.parametrize("one", registry.every(), ids=lambda one: f"{one.slug}-{one.version}")
def test_declarations_hold_together(one):
    questions = [q for step in one.steps for q in step.questions]
    keys = [q.key for q in questions]
    assert len(keys) == len(set(keys))
    by_key = {q.key: q for q in questions}
    for question in questions:
        if question.when:
            parent = by_key[question.when.key]
            assert parent.kind in (Kind.CHOICE, Kind.CHOICES)
            assert question.when.option in {o.key for o in parent.options}
        if question.kind in (Kind.CHOICE, Kind.CHOICES, Kind.SELECT):
            assert question.options
    known = {q.key for each in JOURNEYS for step in each.steps for q in step.questions}
    for document in one.documents:
        assert set(document.proves) <= known  # a shared one may prove what only some procedures ask
    assert len({d.key for d in one.documents}) == len(one.documents)
    assert journey(one.slug, one.version) is one


def test_a_passport_that_ends_before_it_begins_is_told():
    day = {"passport_from": "2026-11-23", "passport_until": "2026-11-23"}
    personal = STUDENT_RENEWAL.steps[0]
    assert "après la date de délivrance" in personal.problems(case(**day))["passport_until"].text
    assert personal.problems(case(**day | {"passport_from": "2026-11-20"})) == {}


def test_nothing_promises_a_card_to_who_gets_none():
    questions = [question for step in VISA_VALIDATION.steps for question in step.questions]
    assert [question.key for question in questions if "carte" in question.hint] == []

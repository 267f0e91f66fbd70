"""What rules look at is found by asking them: prices, conditions and deciding questions of any procedure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.journeys.questions import Case
from app.domain.journeys.variants import (
    Charge,
    UndeclaredPermitData,
    charges,
    deciding,
    example,
    holders,
    may,
    variants,
)
from app.domain.procedures import known
from app.domain.rules.fees import Operation, Rate
from app.domain.rules.parameters import DUPLICATE_DAYS
from tests import factories
from tests.on_offer import LOSS, MOVING, STUDENT_RENEWAL

TODAY = date(2026, 11, 23)


def test_the_students_list_depends_on_a_few_answers():
    asked = [question.key for question in deciding(STUDENT_RENEWAL, TODAY).questions]
    few = ["family", "children", "housing", "mobility", "apprentice", "exemption", "sources"]
    assert asked == ["permit_nationality", *few]
    with_permit = deciding(STUDENT_RENEWAL, TODAY, factories.identity()).questions
    assert [question.key for question in with_permit] == few, "the register knows the nationality"


def test_a_rule_is_asked_with_every_answer_it_looks_at():
    def rule(case: Case) -> bool:
        return case.answers.get("family") == "married" and case.answers["apprentice"] == "yes"

    found = list(variants(STUDENT_RENEWAL, rule, TODAY))
    assert {tuple(given) for given, _ in found} == {("family",), ("family", "apprentice")}
    assert next(given for given, held in found if held) == {"family": "married", "apprentice": "yes"}
    assert may(STUDENT_RENEWAL, rule, TODAY)
    assert not may(STUDENT_RENEWAL, lambda case: False, TODAY)


def test_a_rule_is_asked_on_each_side_of_what_it_looks_at_in_the_permit():
    found = {answers["permit_ends"]: photo for answers, photo in variants(LOSS, LOSS.photo, TODAY)}
    assert found == {"later": True, "soon": False}
    for days, asked in ((91, True), (90, True), (89, False), (0, False)):
        held = factories.identity(TODAY + timedelta(days=days))
        assert [photo for _, photo in variants(LOSS, LOSS.photo, TODAY, held)] == [asked]


def test_a_rule_that_reads_what_is_not_declared_is_told_to_whoever_adds_it():
    with pytest.raises(UndeclaredPermitData, match="valid_until"):
        may(STUDENT_RENEWAL, lambda case: case.identity["valid_until"] > "2027", TODAY)
    with pytest.raises(UndeclaredPermitData, match="birth_country"):
        may(LOSS, lambda case: case.identity.get("birth_country") == "DZA", TODAY)


def test_a_rule_is_asked_of_each_kind_and_mention_it_looks_at():
    seen: list[Any] = []
    assert not may(STUDENT_RENEWAL, lambda case: bool(seen.append(case.identity["permit_kind"])), TODAY)
    assert set(seen) == STUDENT_RENEWAL.holders


@pytest.mark.parametrize(
    ("operation", "rate", "expected"),
    [
        (
            lambda case: Operation.RENEWAL,
            lambda case: Rate.REDUCED,
            [Charge(Operation.RENEWAL, Rate.REDUCED)],
        ),
        (lambda case: None, lambda case: Rate.REDUCED, [Charge(None, Rate.NORMAL)]),
        (
            lambda case: Operation.ADDRESS_CARD if case.answers.get("apprentice") == "yes" else None,
            lambda case: Rate.STAMP_ONLY,
            [Charge(Operation.ADDRESS_CARD, Rate.STAMP_ONLY), Charge(None, Rate.NORMAL)],
        ),
        (
            lambda case: Operation.DUPLICATE,
            lambda case: Rate.REDUCED if case.identity["permit_kind"] == "CST" else Rate.NORMAL,
            [Charge(Operation.DUPLICATE, Rate.NORMAL), Charge(Operation.DUPLICATE, Rate.REDUCED)],
        ),
    ],
)
def test_every_price_a_procedure_may_have(operation, rate, expected):
    journey = replace(STUDENT_RENEWAL, operation=operation, rate=rate)
    assert charges(journey, TODAY) == expected


@pytest.mark.parametrize(
    ("days", "mention", "operation", "rate"),
    [
        (91, "etudiant", Operation.DUPLICATE, Rate.REDUCED),
        (90, "visiteur", Operation.DUPLICATE, Rate.NORMAL),
        (89, "etudiant", None, Rate.NORMAL),
        (89, "visiteur", None, Rate.NORMAL),
    ],
)
def test_a_loss_has_one_price_for_one_permit(days, mention, operation, rate):
    held = factories.identity(TODAY + timedelta(days=days), mention=mention)
    (due,) = charges(LOSS, TODAY, held)
    assert (due.operation, due.rate) == (operation, rate)
    assert len(charges(LOSS, TODAY)) == 3


def rules(journey: Any) -> dict[str, Callable[[Case], Any]]:
    """What is told of a procedure before it is begun."""
    return {
        "photo": journey.photo,
        "operation": journey.operation,
        "rate": journey.rate,
        "card": journey.makes_card,
        "automatic": journey.automatic,
        "answer": journey.answer_within,
        "leads to": journey.leads_to,
        "mention": journey.granted_mention,
        **{document.key: document.needed for document in journey.documents},
    }


@pytest.mark.parametrize("journey", known(), ids=str)
class TestEveryJourney:
    def test_can_be_presented_before_any_answer(self, journey):
        assert charges(journey, TODAY)
        for rule in rules(journey).values():
            assert list(variants(journey, rule, TODAY))
        assert all(question.options for question in deciding(journey, TODAY).questions)

    def test_says_what_replaces_each_document(self, journey):
        assert [document.key for document in journey.documents if not document.instead] == []

    def test_says_when_a_document_is_needed_and_only_where_it_is_not_always(self, journey):
        for document in journey.documents:
            needed = {result for _answers, result in variants(journey, document.needed, TODAY)}
            assert bool(document.when) is (needed == {True, False}), document.key

    def test_says_when_a_photo_is_asked_and_only_where_it_is_not_always(self, journey):
        asked = {result for _answers, result in variants(journey, journey.photo, TODAY)}
        assert bool(journey.photo_when) is (asked == {True, False})

    def test_says_what_each_price_is_for_where_there_are_several(self, journey):
        found = charges(journey, TODAY)
        assert len({(due.operation, due.rate) for due in found}) == len(found), "one condition a price"
        assert all(due.when for due in found) is (len(found) > 1)

    def test_is_opened_by_the_permits_it_is_tried_with(self, journey):
        assert all(journey.serves(identity) for identity in holders(journey))

    def test_invents_permits_that_stand_on_the_side_they_are_for(self, journey):
        for question in journey.turns_on:
            for side in question.sides:
                permit = example(journey, {question.key: side.key}, TODAY)
                found = [other.key for other in question.sides if other.holds(permit, TODAY)]
                assert found == [side.key]


def test_sentences_name_the_days_of_the_rule():
    for journey in (LOSS, MOVING):
        ends = journey.turns_on[0]
        assert all(f" {DUPLICATE_DAYS} jours" in side.general for side in ends.sides)

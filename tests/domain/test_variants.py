"""What rules look at is found by asking them: prices and deciding questions of any procedure."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.journeys.questions import Case
from app.domain.journeys.variants import deciding, holders, may, prices, variants
from app.domain.procedures import known
from app.domain.rules.fees import Operation
from tests.on_offer import STUDENT_RENEWAL

TODAY = date(2026, 11, 23)


def test_the_students_list_depends_on_a_few_answers():
    asked = [question.key for question in deciding(STUDENT_RENEWAL, TODAY).questions]
    assert asked == ["family", "children", "housing", "mobility", "apprentice", "exemption", "sources"]


def test_a_rule_is_asked_with_every_answer_it_looks_at():
    def rule(case: Case) -> bool:
        return case.answers.get("family") == "married" and case.answers["apprentice"] == "yes"

    found = list(variants(STUDENT_RENEWAL, rule, TODAY))
    assert {tuple(given) for given, _ in found} == {("family",), ("family", "apprentice")}
    assert next(given for given, held in found if held) == {"family": "married", "apprentice": "yes"}
    assert may(STUDENT_RENEWAL, rule, TODAY)
    assert not may(STUDENT_RENEWAL, lambda case: False, TODAY)


@pytest.mark.parametrize(
    ("operation", "reduced", "expected"),
    [
        (lambda case: Operation.RENEWAL, lambda case: True, [(Operation.RENEWAL, True)]),
        (lambda case: None, lambda case: True, [(None, False)]),
        (
            lambda case: Operation.ADDRESS_CARD if case.answers.get("apprentice") == "yes" else None,
            lambda case: False,
            [(Operation.ADDRESS_CARD, False), (None, False)],
        ),
        (
            lambda case: Operation.DUPLICATE,
            lambda case: case.identity["permit_kind"] == "CST",
            [(Operation.DUPLICATE, False), (Operation.DUPLICATE, True)],
        ),
    ],
)
def test_every_price_a_procedure_may_have(operation, reduced, expected):
    journey = replace(STUDENT_RENEWAL, operation=operation, reduced_fee=reduced)
    assert prices(journey, TODAY) == expected


@pytest.mark.parametrize("journey", known(), ids=str)
class TestEveryJourney:
    def test_can_be_presented_before_any_answer(self, journey):
        assert prices(journey, TODAY)
        may(journey, journey.makes_card, TODAY)
        assert all(question.options for question in deciding(journey, TODAY).questions)

    def test_says_what_replaces_each_document(self, journey):
        assert [one.key for one in journey.documents if not one.instead] == []

    def test_is_opened_by_the_permits_it_is_tried_with(self, journey):
        assert all(journey.serves(identity) for identity in holders(journey, TODAY))

"""Where a permit is valid, and from where none can be asked for."""

from datetime import date, timedelta

import pytest

from app.domain.dossiers.attestations import Facts, public_rows
from app.domain.journeys.questions import Case
from app.domain.procedures import on_offer
from app.domain.rules.deadlines import Identity
from app.domain.rules.territories import of_permit, only_in
from app.presenters.public.own_case import presentation
from tests import factories
from tests.on_offer import MOVING
from tests.pdf.facts import facts

LAST_DAY = date(2029, 12, 31)


@pytest.mark.parametrize(
    ("department", "mention", "day", "place"),
    [
        ("976", "etudiant", LAST_DAY, "Mayotte"),
        ("976", "talent-famille", LAST_DAY, ""),
        ("976", "etudiant", date(2030, 1, 1), ""),  # L.441-8 is repealed
        ("976", "talent-chercheur", LAST_DAY, ""),
        ("976", "passeport-talent-chercheur", LAST_DAY, ""),
        ("976", "talent-carte-bleue", LAST_DAY, ""),
        ("974", "etudiant", LAST_DAY, ""),
        ("69", "etudiant", LAST_DAY, ""),
    ],
)
def test_a_permit_of_mayotte_is_valid_there_only(
    department: str, mention: str, day: date, place: str
) -> None:
    assert only_in(department, mention, day) == place


@pytest.mark.parametrize(
    ("issued_in", "first_service", "place"),
    [
        ("976", "69", "Mayotte"),  # the register's word comes first
        ("69", "976", ""),
        ("", "976", "Mayotte"),
        (None, "69", ""),  # a record read before the register said it
    ],
)
def test_a_permit_keeps_its_territory_wherever_its_holder_goes(
    issued_in: str | None, first_service: str, place: str
) -> None:
    known = {} if issued_in is None else {"issued_in": issued_in}
    assert of_permit({"mention": "etudiant", **known}, LAST_DAY, first_service) == place


def test_who_leaves_mayotte_is_told_before_they_declare_it() -> None:
    def told(day: date, permit: Identity | None) -> tuple[list[str], list[str]]:
        shown = presentation(MOVING, day, permit)
        return [side.key for side in shown.own_advice], [side.key for side in shown.advice]

    ends = LAST_DAY + timedelta(days=400)
    there = factories.identity(ends, issued_in="976")
    assert told(LAST_DAY, there)[0] == ["limited"]
    assert "limited" in told(LAST_DAY, None)[1]
    assert "limited" in told(LAST_DAY, factories.identity(ends))[1]
    repealed = date(2030, 1, 1)
    assert "limited" not in [*told(repealed, there)[0], *told(repealed, None)[1]]


def test_a_certificate_says_its_territory_to_whoever_checks_it() -> None:
    rows = {row.label: row.values for row in public_rows(facts(territory="Mayotte"))}
    assert rows["Territoire"] == {"place": "Mayotte"}
    assert "Territoire" not in {row.label for row in public_rows(facts())}


def test_certificates_of_before_have_no_territory() -> None:
    stored = facts().to_json()
    del stored["territory"]
    assert Facts.from_json(stored) == facts()


@pytest.mark.parametrize("postcode", ["98800", "98714", "98600"])
def test_nothing_is_asked_for_from_the_pacific(postcode: str) -> None:
    asked = [
        question
        for journey in on_offer()
        for step in journey.steps
        for question in step.questions
        if question.key == "postcode"
    ]
    assert asked
    for question in asked:
        assert question.problem(postcode, Case({})) is not None
        assert question.problem("97600", Case({})) is None

"""Where a permit is valid, and from where none can be asked for."""

from datetime import date

import pytest

from app.domain.dossiers.attestations import Facts, public_rows
from app.domain.journeys.questions import Case
from app.domain.procedures import on_offer
from app.domain.rules.territories import only_in
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

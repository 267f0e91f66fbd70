"""Stored answers as text."""

import pytest

from app.domain.procedures import current
from app.presenters.answers import format_answer


@pytest.mark.parametrize(
    ("slug", "key", "stored", "shown"),
    [
        ("talent-famille", "principal_number", "9920000333", "9920\u00a0000\u00a0333"),
        ("talent", "employer_siret", "73282932000074", "732\u00a0829\u00a0320\u00a000074"),
    ],
)
def test_long_numbers_are_shown_in_groups(slug: str, key: str, stored: str, shown: str) -> None:
    procedure = current(slug)
    assert procedure
    (question,) = [one for step in procedure.steps for one in step.questions if one.key == key]
    assert format_answer(question, stored, "fr") == shown

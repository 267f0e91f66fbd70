"""The table of the RGAA is whole, claims nothing that no test and no look shows, and the statement says what it says."""

import re

from flask import Flask

from app.reference.accessibility import BARRIERS, Criterion, State, counted, criteria, rate
from tests.clients import PageClient
from tests.web.procedures import words
from tooling.proofs import absent, named

# How many criteria each of the 13 themes of the RGAA 4.1.2 has: 106.
THEMES = (9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12)
_SEEN = re.compile(r"seen 20\d\d-\d\d-\d\d: ")


def test_every_criterion_is_there_once_in_order() -> None:
    wanted = [f"{theme}.{n}" for theme, most in enumerate(THEMES, 1) for n in range(1, most + 1)]
    assert [criterion.number for criterion in criteria()] == wanted


def test_what_is_met_is_shown_by_a_test_or_a_look_and_every_test_named_is_there() -> None:
    for criterion in criteria():
        assert criterion.subject, criterion
        assert criterion.shown_by, criterion
        assert absent(criterion.shown_by) == [], criterion
        if criterion.state is State.MET:
            assert named(criterion.shown_by) or _SEEN.search(criterion.shown_by), criterion
    assert {criterion.number for criterion in criteria() if criterion.state is State.NOT_MET} == set(BARRIERS)


def test_the_rate_counts_what_applies_and_was_checked() -> None:
    known = [State.MET] * 2 + [State.NOT_MET] + [State.DOES_NOT_APPLY, State.NOT_CHECKED]
    assert rate([Criterion("1.1", "", state, "") for state in known]) == 66


def test_the_statement_has_the_counts_of_the_table(app: Flask) -> None:
    count = counted(criteria())
    text = words(PageClient(app).get("/fr/aide/accessibilite").text)
    assert f"<dt>Respectés</dt><dd>{count[State.MET]}</dd>" in text
    assert f"<dt>Non respectés</dt><dd>{count[State.NOT_MET]}</dd>" in text
    assert f"{rate(criteria())} %" in text
    assert "Pas encore vérifiés" in text
    if count[State.NOT_CHECKED]:
        assert "Accessibilité : non conforme" in text, "no rate of conformity before everything was checked"

"""Percentiles, periods and stages, by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.domain.actions import TRANSITIONS
from app.domain.actions.stages import FOR_CARD, ONGOING, OPENERS, SPANS, STAGE_TITLES, Stage, ended
from app.domain.dossiers.figures import Delay, first_day, middle_half, nearest_rank, weeks
from app.domain.dossiers.states import Role, State, Transition


@pytest.mark.parametrize(
    ("durations", "percent", "days"),
    [
        ({5: 1}, 50, 5),
        ({5: 1}, 90, 5),
        ({10: 1, 20: 1, 30: 1, 40: 1}, 50, 20),  # never the middle of two
        ({10: 1, 20: 1, 30: 1}, 50, 20),
        ({day: 1 for day in range(1, 11)}, 90, 9),
        ({day: 1 for day in range(1, 12)}, 90, 10),
        ({0: 9, 300: 1}, 90, 0),
        ({0: 8, 300: 2}, 90, 300),
        ({7: 0, 3: 2}, 100, 3),
    ],
)
def test_a_percentile_is_a_duration_that_happened(durations: dict[int, int], percent: int, days: int) -> None:
    assert nearest_rank(durations, percent) == days


def test_nothing_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no dossier"):
        nearest_rank({}, 50)


def test_half_of_the_dossiers() -> None:
    assert middle_half({day: 1 for day in range(1, 13)}) == Delay(12, 3, 9)
    assert middle_half({40: 10}) == Delay(10, 40, 40)


@pytest.mark.parametrize(
    ("today", "days", "first"),
    [
        (date(2028, 3, 1), 30, date(2028, 2, 1)),  # a leap year: 29 February counts
        (date(2027, 3, 1), 30, date(2027, 1, 31)),
        (date(2028, 12, 30), 365, date(2028, 1, 1)),
        (date(2027, 4, 10), 30, date(2027, 3, 12)),  # over the change of hour
    ],
)
def test_a_period_has_as_many_days_as_it_says(today: date, days: int, first: date) -> None:
    assert first_day(today, days) == first
    assert (today - first).days + 1 == days


@pytest.mark.parametrize(
    "today", [date(2026, 11, 23), date(2028, 2, 29), date(2026, 12, 27), date(2027, 3, 25)]
)
def test_twelve_weeks_follow_one_another_without_gap(today: date) -> None:
    spans = weeks(today)
    assert len(spans) == 12
    assert spans[0][0] == today
    assert all(last.weekday() == 6 and first <= last for first, last in spans)
    for (_, last), (first, _end) in pairwise(spans):
        assert first == last + timedelta(days=1)


# The stages and the table of transitions


def test_every_stage_can_begin_and_end() -> None:
    assert set(SPANS) == set(Stage) == set(STAGE_TITLES)
    for stage in Stage:
        assert OPENERS[stage]
        assert any(stage in ended(move) for move in TRANSITIONS), stage


def test_which_acts_begin_what() -> None:
    assert "submit" in OPENERS[Stage.TAKING] & OPENERS[Stage.WHOLE]
    assert "take" in OPENERS[Stage.DECIDING]
    assert not {"ask", "answer"} & OPENERS[Stage.DECIDING], "it goes on while the applicant is asked"
    assert "ask" in OPENERS[Stage.WAITING]
    assert "ask_time" not in OPENERS[Stage.WAITING]
    assert "approve" in OPENERS[Stage.MAKING]
    assert "announce" in OPENERS[Stage.COLLECTING]


@pytest.mark.parametrize(
    ("origin", "target", "stages"),
    [
        (State.FILED, State.IN_REVIEW, {Stage.TAKING}),
        (State.IN_REVIEW, State.COMPLEMENT_REQUESTED, set()),
        (State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED, {Stage.WAITING}),
        (State.COMPLEMENT_REQUESTED, State.COMPLEMENT_REQUESTED, set()),
        (State.IN_REVIEW, State.FAVOURABLE, {Stage.DECIDING, Stage.WHOLE}),
        (State.COMPLEMENT_RECEIVED, State.UNFAVOURABLE, {Stage.DECIDING, Stage.WHOLE}),
        (State.FILED, State.FAVOURABLE, {Stage.WHOLE}),
        (State.COMPLEMENT_REQUESTED, State.WITHDRAWN, {Stage.WHOLE}),
        (State.FAVOURABLE, State.CARD_AVAILABLE, {Stage.MAKING}),
        (State.CARD_AVAILABLE, State.CARD_AVAILABLE, set()),
        (State.CARD_AVAILABLE, State.HANDED_OVER, {Stage.COLLECTING}),
        (State.UNFAVOURABLE, State.IN_REVIEW, set()),
    ],
)
def test_what_a_move_ends(origin: State, target: State, stages: set[Stage]) -> None:
    assert set(ended(Transition("any", origin, target, Role.AGENT))) == stages


def test_what_is_under_way() -> None:
    assert {State.FILED, State.IN_REVIEW, State.FAVOURABLE, State.CARD_AVAILABLE} <= ONGOING
    assert not {State.DRAFT, State.HANDED_OVER, State.WITHDRAWN} & ONGOING
    assert State.FAVOURABLE in FOR_CARD
    assert State.CARD_AVAILABLE not in FOR_CARD

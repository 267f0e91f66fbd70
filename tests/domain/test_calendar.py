"""Deadlines, in days, over leap years and months of every length."""

from datetime import UTC, date, datetime

import pytest

from app.domain.rules.calendar import (
    Delay,
    Timing,
    add_months,
    continued_by_law,
    extension_due,
    filing_window,
    next_extension,
    paris_day,
)


def test_the_window_of_the_law():
    window = filing_window(date(2027, 3, 31))
    assert (window.opens, window.closes) == (date(2026, 12, 1), date(2027, 1, 30))


@pytest.mark.parametrize(
    ("day", "timing"),
    [
        (date(2026, 11, 30), Timing.EARLY),
        (date(2026, 12, 1), Timing.IN_TIME),
        (date(2027, 1, 30), Timing.IN_TIME),
        (date(2027, 1, 31), Timing.LATE),
        (date(2027, 3, 31), Timing.LATE),
        (date(2027, 9, 30), Timing.LATE),
        (date(2027, 10, 1), Timing.TOO_LATE),
    ],
)
def test_each_edge_of_the_window(day, timing):
    assert filing_window(date(2027, 3, 31)).timing(day) is timing


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 1, 31), 6, date(2026, 7, 31)),
    ],
)
def test_months_end_where_the_calendar_ends(start, months, end):
    assert add_months(start, months) == end


def test_an_extension_begins_the_day_after_and_never_exceeds_three_months():
    first, last = next_extension(date(2027, 1, 31))
    assert (first, last) == (date(2027, 2, 1), date(2027, 4, 30))


def test_an_extension_is_due_fifteen_days_before():
    assert not extension_due(date(2027, 1, 31), date(2027, 1, 15))
    assert extension_due(date(2027, 1, 31), date(2027, 1, 16))


def test_a_student_is_answered_within_ninety_days():
    assert Delay(days=90).after(date(2026, 10, 12)) == date(2027, 1, 10)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 1, 22, 30, tzinfo=UTC), date(2026, 12, 1)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), date(2026, 12, 2)),
    ],
)
def test_the_day_is_the_one_in_paris(moment, day):
    assert paris_day(moment) == day


@pytest.mark.parametrize(
    ("first", "last", "until"),
    [
        (date(2023, 2, 1), date(2027, 1, 31), date(2027, 4, 30)),
        (date(2023, 2, 1), date(2027, 1, 30), None),
        (date(2024, 2, 29), date(2028, 2, 28), date(2028, 5, 28)),
        (date(2020, 12, 1), date(2030, 11, 30), date(2031, 2, 28)),
        (date(2026, 2, 1), date(2027, 1, 31), None),
    ],
)
def test_a_card_of_four_years_goes_on_for_three_months(first, last, until):
    assert continued_by_law(first, last) == until

"""Which reminder is due, over leap days, and which one leaves after a stop."""

from datetime import date, timedelta

import pytest

from app.domain.rules.calendar import filing_window
from app.domain.rules.reminders import ReminderKind, chosen, due, due_on, permits_concerned

OPENING, HALFWAY, LAST_DAYS = ReminderKind
ENDS = [date(2027, 3, 31), date(2028, 2, 29), date(2028, 3, 1), date(2028, 4, 29), date(2024, 12, 31)]


@pytest.mark.parametrize("ends", ENDS)
def test_reminders_follow_the_window_of_the_law(ends):
    window = filing_window(ends)
    assert due_on(OPENING, ends) == window.opens
    assert due_on(LAST_DAYS, ends) == window.closes - timedelta(days=1)
    assert due_on(OPENING, ends) < due_on(HALFWAY, ends) < due_on(LAST_DAYS, ends)


@pytest.mark.parametrize(
    ("kind", "day"),
    [(OPENING, date(2028, 1, 2)), (HALFWAY, date(2028, 2, 16)), (LAST_DAYS, date(2028, 3, 1))],
)
def test_a_leap_day_counts_as_a_day(kind, day):
    assert due_on(kind, date(2028, 5, 1)) == day
    assert kind in due(date(2028, 5, 1), day)
    assert kind not in due(date(2028, 5, 1), day - timedelta(days=1))


def test_nothing_is_due_before_the_window_and_after_the_permit():
    ends = date(2027, 3, 31)
    assert due(ends, date(2026, 11, 30)) == ()
    assert due(ends, ends) == (OPENING, HALFWAY, LAST_DAYS)
    assert due(ends, ends + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("fresh", "since", "muted", "sent"),
    [
        ((OPENING,), date(2026, 1, 1), (), OPENING),
        ((OPENING, HALFWAY, LAST_DAYS), date(2026, 1, 1), (), LAST_DAYS),
        ((OPENING, HALFWAY, LAST_DAYS), date(2026, 1, 1), ("last_days",), HALFWAY),
        ((OPENING,), date(2026, 1, 1), ("opening",), None),
        ((OPENING,), date(2026, 12, 2), (), None),
        ((OPENING,), date(2026, 12, 1), (), OPENING),
        ((), date(2026, 1, 1), (), None),
    ],
)
def test_the_latest_wanted_one_leaves(fresh, since, muted, sent):
    assert chosen(fresh, date(2027, 3, 31), since, frozenset(muted)) is sent


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2028, 2, 29), date(2027, 12, 31)])
def test_each_end_of_permit_is_concerned_by_its_latest_reminder(today):
    ranges = permits_concerned(today)
    for days in range(-2, 125):
        ends = today + timedelta(days=days)
        found = [kind for kind, (first, last) in ranges.items() if first <= ends <= last]
        assert found == list(due(ends, today)[-1:]), ends

"""Amounts by operation, rate, day and lateness."""

from datetime import date

import pytest

from app.domain.rules.fees import Operation, amount
from app.domain.rules.parameters import STUDENT_MONTHLY_RESOURCES


@pytest.mark.parametrize(
    ("operation", "reduced", "late", "day", "cents"),
    [
        (Operation.RENEWAL, True, False, date(2026, 4, 30), 7_500),
        (Operation.RENEWAL, True, False, date(2026, 5, 1), 10_000),
        (Operation.RENEWAL, True, True, date(2026, 11, 23), 28_000),
        (Operation.RENEWAL, False, False, date(2026, 11, 23), 25_000),
        (Operation.FIRST, True, False, date(2026, 11, 23), 15_000),
        (Operation.FIRST, False, False, date(2026, 11, 23), 35_000),
        (Operation.DUPLICATE, True, False, date(2026, 11, 23), 15_000),
        (Operation.ADDRESS_CARD, False, False, date(2026, 4, 30), 2_500),
        (Operation.VALIDATION, True, False, date(2026, 11, 23), 10_000),
        (None, False, False, date(2026, 11, 23), 0),
    ],
)
def test_each_amount(operation, reduced, late, day, cents):
    assert amount(operation, reduced, late, day) == cents


def test_the_threshold_changes_on_its_day():
    assert STUDENT_MONTHLY_RESOURCES.on(date(2026, 7, 31)) == 61_500
    assert STUDENT_MONTHLY_RESOURCES.on(date(2026, 8, 1)) == 87_750
    assert STUDENT_MONTHLY_RESOURCES.on(date(2010, 1, 1)) == 61_500

"""Working days of the labour code: Sundays and the eleven public holidays are none."""

from datetime import date

import pytest

from app.domain.dossiers.hiring import in_time
from app.domain.rules.working_days import after_working_days, easter, is_working_day, public_holidays


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter(year: int, day: date) -> None:
    assert easter(year) == day


def test_the_public_holidays_of_a_year() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]
    assert all(len(public_holidays(year)) >= 10 for year in range(2026, 2060))  # 1 May may be Ascension


def test_a_saturday_counts_and_a_sunday_does_not() -> None:
    assert is_working_day(date(2026, 11, 28))
    assert not is_working_day(date(2026, 11, 29))
    assert after_working_days(date(2026, 11, 27), 2) == date(2026, 11, 30)


@pytest.mark.parametrize(
    ("asked", "hired", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 25), True),
        (date(2026, 11, 23), date(2026, 11, 24), False),
        (date(2026, 12, 24), date(2026, 12, 27), False),
        (date(2026, 12, 24), date(2026, 12, 28), True),
    ],
)
def test_two_working_days_before_the_hiring(asked: date, hired: date, said: bool) -> None:
    assert in_time(asked, hired) is said

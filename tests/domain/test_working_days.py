"""Working days of the labour code: Sundays and the eleven public holidays are none."""

from datetime import date

import pytest

from app.domain.dossiers.hiring import answer_due, depends_on_place
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
    ("asked", "department", "due"),
    [
        (date(2026, 11, 23), "69", date(2026, 11, 25)),
        (date(2026, 12, 24), "69", date(2026, 12, 28)),
        (date(2026, 12, 24), "57", date(2026, 12, 29)),
        (date(2026, 12, 24), "67", date(2026, 12, 29)),
        (date(2027, 3, 24), "68", date(2027, 3, 27)),  # Good Friday is on the 26th
        (date(2027, 3, 24), "54", date(2027, 3, 26)),
        (date(2027, 5, 26), "971", date(2027, 5, 29)),
        (date(2027, 5, 26), "972", date(2027, 5, 28)),
        (date(2027, 5, 20), "972", date(2027, 5, 24)),
        (date(2027, 6, 9), "973", date(2027, 6, 12)),
        (date(2028, 12, 19), "974", date(2028, 12, 22)),
        (date(2027, 4, 26), "976", date(2027, 4, 29)),
        (date(2027, 5, 26), "978", date(2027, 5, 29)),
    ],
)
def test_two_working_days_of_the_departement(asked: date, department: str, due: date) -> None:
    assert answer_due(asked, department) == due


@pytest.mark.parametrize(
    ("asked", "hired", "said"),
    [
        (date(2026, 11, 23), date(2026, 11, 24), False),
        (date(2026, 11, 23), date(2026, 11, 25), False),
        (date(2026, 12, 24), date(2026, 12, 27), False),
        (date(2026, 12, 24), date(2026, 12, 28), True),
        (date(2026, 12, 24), date(2026, 12, 29), False),
    ],
)
def test_whether_the_place_decides(asked: date, hired: date, said: bool) -> None:
    assert depends_on_place(asked, hired) is said

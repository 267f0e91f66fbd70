"""Amounts by operation, rate, day and lateness."""

from datetime import date

import pytest

from app.domain.journeys.questions import Case
from app.domain.rules.fees import Operation, Rate, amount, late_fee, reservations
from app.domain.rules.parameters import (
    SMIC_NET,
    SMIC_SERIES,
    STUDENT_MONTHLY_RESOURCES,
    VISITOR_MONTHLY_RESOURCES,
    Dated,
)
from tests import factories
from tests.on_offer import STUDENT_RENEWAL

TODAY = date(2026, 11, 23)
TOO_LATE = 18_000


# Euros until 30 April 2026 and from 1 May, by operation: at the normal rate, the reduced one, the stamp duty alone.
AMOUNTS = {
    Operation.FIRST: ((225, 350), (75, 150), (25, 50)),
    Operation.RENEWAL: ((225, 250), (75, 100), (25, 50)),
    Operation.DUPLICATE: ((225, 350), (75, 150), (25, 50)),
    Operation.ADDRESS_CARD: ((25, 50), (25, 50), (25, 50)),
    Operation.VALIDATION: ((200, 300), (50, 100), (0, 0)),
}


@pytest.mark.parametrize("operation", Operation)
def test_each_amount(operation: Operation) -> None:
    days = date(2026, 4, 30), date(2026, 5, 1)
    told = tuple(tuple(amount(operation, rate, day) // 100 for day in days) for rate in Rate)
    assert told == AMOUNTS[operation]


@pytest.mark.parametrize(
    ("operation", "rate", "kind", "others"),
    [
        (Operation.RENEWAL, Rate.REDUCED, "CST", [150_00]),  # what another source gives
        (Operation.RENEWAL, Rate.REDUCED, "VLS-TS", [150_00, 150_00]),  # or a first card
        (Operation.RENEWAL, Rate.NORMAL, "VLS-TS", [350_00]),
        (Operation.RENEWAL, Rate.NORMAL, "CSP", []),
        (Operation.FIRST, Rate.REDUCED, "VLS", []),
        (None, Rate.REDUCED, "VLS-TS", []),
    ],
)
def test_what_is_not_certain_is_said_with_the_other_amount(
    operation: Operation | None, rate: Rate, kind: str, others: list[int]
) -> None:
    assert [one.other for one in reservations(operation, rate, TODAY, {kind})] == others


def test_what_is_no_operation_costs_nothing() -> None:
    assert amount(None, Rate.NORMAL, TODAY) == 0


@pytest.mark.parametrize(
    ("kind", "ends", "cents"),
    [
        ("CST", date(2026, 12, 20), TOO_LATE),
        ("CST", date(2026, 11, 1), TOO_LATE),
        ("VLS-TS", date(2026, 12, 20), 0),
        ("VLS-TS", TODAY, 0),
        ("VLS", TODAY, 0),
        ("VLS-TS", date(2026, 11, 22), TOO_LATE),
        ("CST", date(2027, 2, 10), 0),  # in time
    ],
)
def test_being_late_costs_nothing_while_a_visa_is_valid(kind: str, ends: date, cents: int):
    """CESEDA L.436-5: « sauf force majeure ou présentation d'un visa en cours de validité »."""
    identity = factories.identity(ends, permit_kind=kind)
    usual = amount(Operation.RENEWAL, Rate.REDUCED, TODAY)
    assert STUDENT_RENEWAL.fee(Case({}, today=TODAY, identity=identity), TODAY) == usual + cents
    if cents:
        assert late_fee(identity, TODAY, TODAY) == cents


def test_the_threshold_of_students_changes_on_its_day():
    assert STUDENT_MONTHLY_RESOURCES.on(date(2026, 7, 31)) == 61_500
    assert STUDENT_MONTHLY_RESOURCES.on(date(2026, 8, 1)) == 87_750, "47 % of 1 867,02 €"
    assert STUDENT_MONTHLY_RESOURCES.on(date(2010, 1, 1)) == 61_500


def test_the_threshold_of_visitors_is_the_net_smic():
    assert VISITOR_MONTHLY_RESOURCES is SMIC_NET
    assert VISITOR_MONTHLY_RESOURCES.on(TODAY) == 147_793


@pytest.mark.parametrize("series", SMIC_SERIES)
def test_the_smic_of_this_year_is_known(series: Dated[int]):
    """It moves each 1st of January at the latest: this fails in a year in which nobody has written the new amount."""
    assert date.today().year in {first.year for first, _ in series.since}

"""Amounts by operation, rate, day and lateness."""

from datetime import date

import pytest

from app.domain.journeys.questions import Case
from app.domain.rules.fees import Operation, Rate, amount, late_fee
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


@pytest.mark.parametrize(
    ("operation", "rate", "day", "cents"),
    [
        (Operation.RENEWAL, Rate.REDUCED, date(2026, 4, 30), 7_500),
        (Operation.RENEWAL, Rate.REDUCED, date(2026, 5, 1), 10_000),
        (Operation.RENEWAL, Rate.NORMAL, TODAY, 25_000),
        (Operation.FIRST, Rate.REDUCED, TODAY, 15_000),
        (Operation.FIRST, Rate.NORMAL, TODAY, 35_000),
        (Operation.DUPLICATE, Rate.REDUCED, TODAY, 15_000),
        (Operation.ADDRESS_CARD, Rate.NORMAL, date(2026, 4, 30), 2_500),
        (Operation.VALIDATION, Rate.REDUCED, TODAY, 10_000),
        (Operation.FIRST, Rate.STAMP_ONLY, date(2026, 4, 30), 2_500),  # a refugee's, L.436-1
        (Operation.FIRST, Rate.STAMP_ONLY, TODAY, 5_000),
        (Operation.VALIDATION, Rate.STAMP_ONLY, TODAY, 0),
        (None, Rate.NORMAL, TODAY, 0),
    ],
)
def test_each_amount(operation, rate, day, cents):
    assert amount(operation, rate, day) == cents


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

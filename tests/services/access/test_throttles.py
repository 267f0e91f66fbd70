"""Delays: they grow, they end, and they belong to one key."""

from datetime import timedelta

import pytest
from flask import Flask

from app.services.access import throttles
from app.services.access.throttles import TooSoon
from app.storage.models import Throttle
from tests.fixtures import NOON

KEY = "sign-in:9920000137:192.0.2.1"


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


def fail(times: int) -> None:
    for _time in range(times):
        throttles.record_failure(KEY, NOON)


def delay() -> timedelta | None:
    until = throttles.blocked_until(KEY, NOON)
    return until - NOON if until else None


def test_five_failures_are_free():
    fail(5)
    assert delay() is None
    throttles.require_allowed(KEY, NOON)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(6, 5), (7, 10), (8, 20), (9, 40), (10, 80), (13, 640), (14, 900), (60, 900)]
)
def test_then_the_delay_doubles_up_to_fifteen_minutes(failures: int, seconds: int):
    fail(failures)
    assert delay() == timedelta(seconds=seconds)
    with pytest.raises(TooSoon) as soon:
        throttles.require_allowed(KEY, NOON)
    assert soon.value.until == NOON + timedelta(seconds=seconds)


def test_a_delay_ends_by_itself():
    fail(6)
    throttles.require_allowed(KEY, NOON + timedelta(seconds=5))


def test_another_source_and_another_account_do_not_wait():
    fail(20)
    for other in ("sign-in:9920000137:192.0.2.2", "sign-in:9920000138:192.0.2.1"):
        throttles.require_allowed(other, NOON)


def test_a_success_forgets():
    fail(20)
    throttles.reset(KEY)
    throttles.require_allowed(KEY, NOON)


def test_time_forgets():
    fail(20)
    later = NOON + throttles.FORGOTTEN
    throttles.record_failure(KEY, later)
    assert throttles.blocked_until(KEY, later) is None


def test_neither_number_nor_address_can_be_read_in_the_table():
    fail(1)
    [row] = Throttle.select()
    assert "9920000137" not in row.key
    assert "192.0.2.1" not in row.key

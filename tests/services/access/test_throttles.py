"""Delays: they grow, they end, and they belong to one key."""

from datetime import datetime, timedelta

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


def fail(times: int) -> datetime:
    """Fail so often, each time as soon as it is allowed; the instant of the next try."""
    at = NOON
    for _time in range(times):
        at = throttles.attempt(KEY, at).delayed_until or at
    return at


def test_five_failures_are_free():
    assert fail(5) == NOON
    throttles.attempt(KEY, NOON)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(6, 5), (7, 10), (8, 20), (9, 40), (10, 80), (13, 640), (14, 900), (30, 900)]
)
def test_then_the_delay_doubles_up_to_fifteen_minutes(failures: int, seconds: int):
    last = fail(failures - 1)
    until = throttles.attempt(KEY, last).delayed_until
    assert until == last + timedelta(seconds=seconds)
    with pytest.raises(TooSoon) as soon:
        throttles.attempt(KEY, last)
    assert soon.value.until == until
    assert Throttle.get().failures == failures, "a try that is refused counts nothing"


def test_a_delay_ends_by_itself():
    throttles.attempt(KEY, fail(6))


def test_another_source_and_another_account_do_not_wait():
    fail(20)
    for other in ("sign-in:9920000137:192.0.2.2", "sign-in:9920000138:192.0.2.1"):
        throttles.attempt(other, NOON)


def test_a_success_forgets():
    fail(20)
    throttles.reset(KEY)
    throttles.attempt(KEY, NOON)


def test_what_did_not_fail_is_taken_back_with_its_delay():
    last = fail(9)
    throttles.forgive(throttles.attempt(KEY, last))
    assert throttles.attempt(KEY, last).delayed_until == last + timedelta(seconds=80), "the tenth failure"


def test_time_forgets():
    later = fail(20) + throttles.FORGOTTEN
    assert throttles.attempt(KEY, later).delayed_until is None


def test_neither_number_nor_address_can_be_read_in_the_table():
    fail(1)
    [row] = Throttle.select()
    assert "9920000137" not in row.key
    assert "192.0.2.1" not in row.key

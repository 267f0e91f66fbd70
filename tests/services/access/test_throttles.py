"""Delays: they grow, they end, each axis holds by itself, and a browser that is known waits for nobody."""

from contextlib import suppress
from datetime import datetime, timedelta
from itertools import product

import pytest
from flask import Flask

from app.services.access import limits, throttles
from app.services.access.limits import AGENT_CODE, CHECK, PASSWORD, Limit
from app.services.access.origins import Origin, source_of
from app.services.access.throttles import TooSoon
from app.storage.models import Throttle
from tests.fixtures import NOON

HERE = Origin("192.0.2.1", "a browser")
BOTH = Limit("both", "only both axes", limits.Delays(5))


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


def fail(times: int) -> datetime:
    """Fail so often, each time as soon as it is allowed; the instant of the next try."""
    at = NOON
    for _time in range(times):
        at = throttles.attempt(BOTH, 1, HERE, at).delayed_until or at
    return at


def admitted(limit: Limit, tries: "list[tuple[object, Origin]]") -> int:
    """How many tries of one instant are let through, all of them failures."""
    many = 0
    for account, origin in tries:
        try:
            throttles.attempt(limit, account, origin, NOON)
        except TooSoon:
            continue
        many += 1
    return many


def test_five_failures_are_free():
    assert fail(5) == NOON
    throttles.attempt(BOTH, 1, HERE, NOON)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(6, 5), (7, 10), (8, 20), (9, 40), (10, 80), (13, 640), (14, 900), (30, 900)]
)
def test_then_the_delay_doubles_up_to_fifteen_minutes(failures: int, seconds: int):
    last = fail(failures - 1)
    until = throttles.attempt(BOTH, 1, HERE, last).delayed_until
    assert until == last + timedelta(seconds=seconds)
    with pytest.raises(TooSoon) as soon:
        throttles.attempt(BOTH, 1, HERE, last)
    assert soon.value.until == until
    assert Throttle.get().failures == failures - 5, "a try that is refused counts nothing"


def test_a_delay_ends_by_itself():
    throttles.attempt(BOTH, 1, HERE, fail(6))


def test_another_source_and_another_account_do_not_wait():
    fail(20)
    for account, source in ((1, "192.0.2.2"), (2, "192.0.2.1")):
        throttles.attempt(BOTH, account, Origin(source), NOON)


def test_a_success_forgets():
    throttles.succeed(throttles.attempt(BOTH, 1, HERE, fail(20)))
    assert fail(5) == NOON


def test_what_did_not_fail_is_taken_back_with_its_delay():
    last = fail(9)
    throttles.forgive(throttles.attempt(BOTH, 1, HERE, last))
    assert throttles.attempt(BOTH, 1, HERE, last).delayed_until == last + timedelta(seconds=80), "the tenth"


def test_time_forgets():
    later = fail(20) + limits.FORGOTTEN
    assert throttles.attempt(BOTH, 1, HERE, later).delayed_until is None


def test_neither_number_nor_address_can_be_read_in_the_table():
    throttles.attempt(PASSWORD, "9920000137", HERE, NOON)
    keys = " ".join(row.key for row in Throttle.select())
    assert len(Throttle.select()) == 3
    assert "9920000137" not in keys
    assert "192.0.2.1" not in keys


def test_one_source_cannot_spray_many_accounts():
    assert admitted(PASSWORD, list(product(range(20), [HERE] * 4))) == 60, "not the 80 that were tried"


@pytest.mark.parametrize(
    "sources",
    [
        [f"2001:db8:0:7::{number:x}" for number in range(1, 61)],
        [f"2001:db8:0:{number:x}::1" for number in range(1, 61)],
        [f"198.51.100.{number}" for number in range(1, 61)],
    ],
    ids=["one /64", "sixty /64s", "sixty IPv4 addresses"],
)
def test_one_account_cannot_be_tried_from_many_addresses(sources: list[str]):
    origins = [Origin(source_of(source)) for source in sources]
    assert admitted(PASSWORD, [(1, origin) for origin in origins]) <= 21


def test_typed_codes_are_few_from_one_64():
    origins = [Origin(source_of(f"2001:db8::{number:x}")) for number in range(1, 61)]
    assert admitted(CHECK, [("", origin) for origin in origins]) == 30


def test_a_browser_that_is_known_waits_for_nobody_but_itself():
    admitted(PASSWORD, [(1, Origin(f"198.51.100.{number}")) for number in range(60)])
    admitted(PASSWORD, [(number, HERE) for number in range(100)])
    for _time in range(6):
        throttles.attempt(PASSWORD, 1, HERE, NOON, known=True)
    with pytest.raises(TooSoon):
        throttles.attempt(PASSWORD, 1, HERE, NOON, known=True)
    throttles.attempt(PASSWORD, 1, Origin(HERE.source, "another known browser"), NOON, known=True)


def test_a_mailed_link_ends_the_delays_of_an_account():
    admitted(PASSWORD, [(1, HERE)] * 30)
    throttles.reset(PASSWORD, 1, HERE, NOON)
    throttles.attempt(PASSWORD, 1, HERE, NOON)


def test_a_mailed_link_of_ones_own_frees_no_source_for_guesses_at_others():
    admitted(PASSWORD, [(account, HERE) for account in range(100)])
    throttles.reset(PASSWORD, 1, HERE, NOON)
    assert admitted(PASSWORD, [(account, HERE) for account in range(100, 120)]) == 0


def test_successes_of_a_hostel_leave_its_source_free():
    for account in range(200):
        throttles.succeed(throttles.attempt(PASSWORD, account, HERE, NOON))
    assert admitted(PASSWORD, [(number, HERE) for number in range(100)]) == 60


def test_a_day_of_guessing_has_thirty_guesses():
    seen, day = 0, NOON.replace(hour=0)
    for minute in range(24 * 60):
        origin = Origin(f"198.51.{minute % 100}.{minute % 250}")
        with suppress(TooSoon):
            throttles.attempt(AGENT_CODE, 1, origin, day + timedelta(minutes=minute))
            seen += 1
    assert seen == 30
    throttles.attempt(AGENT_CODE, 1, HERE, day + timedelta(days=1))


def test_every_secret_has_a_rule_for_its_source_or_its_account():
    for limit in limits.LIMITS:
        assert limit.account or limit.source, limit.name
    assert len({limit.name for limit in limits.LIMITS}) == len(limits.LIMITS)

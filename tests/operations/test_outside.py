"""How many ask a part outside at a time, and when it is left alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.outside import Away, Part
from tests.waiting import until


class Hour:
    """A clock that stands."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def part(**changes: object) -> tuple[Part, Hour]:
    hour = Hour()
    return Part("desk", clock=hour, **changes), hour


def fail(asked: Part, hour: Hour, seconds: float) -> None:
    """Ask in vain, so long."""

    def ask() -> None:
        with asked.call():
            hour.now += seconds
            raise OSError

    with pytest.raises(OSError):
        ask()


def test_three_slow_failures_in_a_row_are_enough() -> None:
    asked, hour = part()
    for _ in range(2):
        fail(asked, hour, 5)
    with asked.call():
        pass
    for _ in range(3):
        fail(asked, hour, 5)
    with pytest.raises(Away), asked.call():
        raise AssertionError("asked all the same")


def test_quick_failures_are_none() -> None:
    asked, hour = part()
    for _ in range(20):
        fail(asked, hour, 0.1)
    with asked.call():
        pass


def test_one_tries_it_again_while_the_others_are_told() -> None:
    asked, hour = part()
    for _ in range(3):
        fail(asked, hour, 5)
    hour.now += asked.rest_seconds
    with asked.call(), pytest.raises(Away), asked.call():
        raise AssertionError("two tried")
    with asked.call(), asked.call():
        pass


def test_a_try_in_vain_is_another_rest() -> None:
    asked, hour = part()
    for _ in range(3):
        fail(asked, hour, 5)
    hour.now += asked.rest_seconds
    fail(asked, hour, 5)
    hour.now += asked.rest_seconds - 1
    with pytest.raises(Away), asked.call():
        raise AssertionError("asked all the same")


def test_a_burst_waits_its_turn_and_more_are_told_at_once() -> None:
    asked = Part("desk", at_once=2, patience_seconds=100)
    go_on, done = threading.Event(), []

    def ask() -> None:
        with asked.call():
            go_on.wait(100)
            done.append(asked.asking)

    with ThreadPoolExecutor(4) as people:
        begun = [people.submit(ask) for _ in range(4)]
        until(lambda: (asked.asking, asked.queuing) == (2, 2))
        with pytest.raises(Away), asked.call():
            raise AssertionError("a fifth was let in")
        go_on.set()
        for person in begun:
            person.result()
    assert max(done) == 2
    assert (asked.asking, asked.queuing) == (0, 0)


def test_a_place_that_does_not_come_is_told() -> None:
    asked = Part("desk", at_once=1, patience_seconds=0)
    with asked.call(), pytest.raises(Away), asked.call():
        raise AssertionError("two at once")

"""Who may do and see what, at random: a few runs, the same each time; many in tests/faults."""

from collections import Counter

import pytest
from flask import Flask, request, request_started
from hypothesis import Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.fixtures import Clock
from tests.web.who_may import machine, runs
from tests.web.who_may_exempt import EXEMPT
from tests.web.who_may_write import PLAYED

WRITES = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_everybody_does_and_sees_what_the_model_says(app: Flask, clock: Clock) -> None:
    asked: set[str | None] = set()

    def note(sender: Flask, **_more: object) -> None:
        if request.method in WRITES:
            asked.add(request.endpoint)

    with request_started.connected_to(note, app):
        run_state_machine_as_test(
            machine(app, clock), settings=runs(12, 30, derandomize=True, phases=[Phase.generate])
        )
    assert asked == PLAYED


def test_every_address_that_writes_is_played_or_left_out_for_a_reason(app: Flask) -> None:
    """A new one is to be decided on; one that is gone is to be taken off the list, and none is on two."""
    rules = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith("/dev/")]
    writing = {str(rule.endpoint) for rule in rules if WRITES & (rule.methods or set())}
    named = Counter(endpoint for kind in (PLAYED, *EXEMPT) for endpoint in kind)
    assert set(named) == writing
    assert [endpoint for endpoint, times in named.items() if times > 1] == []

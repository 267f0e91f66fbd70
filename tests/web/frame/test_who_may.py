"""Who may do and see what, at random: a few runs, the same each time; many in tests/faults."""

import pytest
from flask import Flask
from hypothesis import Phase
from hypothesis.stateful import run_state_machine_as_test

from tests.fixtures import Clock
from tests.web.who_may import machine, runs


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_everybody_does_and_sees_what_the_model_says(app: Flask, clock: Clock) -> None:
    run_state_machine_as_test(
        machine(app, clock), settings=runs(20, 30, derandomize=True, phases=[Phase.generate])
    )

"""Who may do and see what, at random: as many runs as asked for, of a hundred steps, others each time."""

import random

import pytest
from flask import Flask
from hypothesis import seed
from hypothesis.stateful import run_state_machine_as_test

from tests.fixtures import Clock
from tests.web.who_may import machine, runs


@pytest.mark.timeout(7200)
@pytest.mark.engines("sqlite")
def test_everybody_does_and_sees_what_the_model_says(
    app: Flask, clock: Clock, trials: int, chance: random.Random
) -> None:
    tried = seed(chance.randrange(2**32))(machine(app, clock))
    run_state_machine_as_test(tried, settings=runs(trials, 100))

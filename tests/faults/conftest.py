"""Trials of faults: many, slow, at random instants. `make test-faults TRIALS=200`; the seed of a run is printed."""

import random

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many trials of each kind, and the seed that repeats a run."""
    parser.addoption("--trials", type=int, default=20, help="trials of each kind")
    parser.addoption("--at-once", type=int, default=20, help="requests at the same instant")
    parser.addoption("--seed", type=int, default=random.SystemRandom().randrange(2**32), help="repeats a run")


def pytest_report_header(config: pytest.Config) -> str:
    """Name what would repeat this run."""
    return f"faults: --trials {config.getoption('--trials')} --seed {config.getoption('--seed')}"


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> int:
    """How many times to try."""
    return int(request.config.getoption("--trials"))


@pytest.fixture
def at_once(request: pytest.FixtureRequest) -> int:
    """How many requests at the same instant."""
    return int(request.config.getoption("--at-once"))


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Random instants, the same for the same seed."""
    return random.Random(request.config.getoption("--seed"))

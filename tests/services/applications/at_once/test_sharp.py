"""The pairs that went wrong once, or would hurt most; all of them run in tests/faults."""

import pytest
from flask import Flask

from tests.services.applications.at_once.running import explains, run
from tests.services.applications.at_once.worlds import World

PAIRS = [
    ("draft", "submit", "remove"),
    ("draft", "submit", "attach"),
    ("draft", "attach", "attach"),
    ("draft", "submit", "submit"),
    ("submitted", "remove", "refuse"),
    ("submitted", "attach", "mark"),
    ("submitted", "withdraw", "approve"),
    ("submitted", "question", "correct"),
    ("asked", "send", "replace"),
    ("asked", "keep", "withdraw"),
]


@pytest.mark.parametrize(("phase", "one", "other"), PAIRS, ids=lambda part: part)
def test_twenty_at_once_come_out_as_one_after_the_other(app: Flask, phase: str, one: str, other: str) -> None:
    world = World(app, phase)
    verbs = world.verbs()
    pair = verbs[one], verbs[other]
    done, after = run(pair), world.model()
    assert explains(pair, world.before, done, after), (done, after)

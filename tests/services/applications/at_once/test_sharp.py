"""The pairs that went wrong once, or would hurt most; all of them run in tests/faults."""

import pytest
from flask import Flask

from tests.services.applications.at_once.running import explains, run
from tests.services.applications.at_once.worlds import PHASES

PAIRS = [
    ("draft", "submit", "remove"),
    ("draft", "submit", "attach"),
    ("draft", "attach", "attach"),
    ("draft", "submit", "submit"),
    ("filed", "photo_again", "photo_again"),
    ("submitted", "remove", "refuse"),
    ("submitted", "attach", "mark"),
    ("submitted", "withdraw", "approve"),
    ("submitted", "question", "correct"),
    ("submitted", "amend_answer", "correct"),
    ("submitted", "photo", "approve"),
    ("asked", "send", "replace"),
    ("asked", "keep", "withdraw"),
    ("asked", "remind", "send"),
    ("asked", "remind_unsent", "close"),
    ("extended", "mention", "revoke"),
    ("extended", "extend", "reread"),
    ("withheld", "warn", "cover"),
    ("numberless", "number", "approve"),
    ("decided", "amend", "replace"),
    ("decided", "issue_again", "revoke"),
    ("available", "step_back", "collect"),
    ("available", "remind_card", "collect"),
    ("held", "release", "reopen"),
    ("invited", "invite", "correct"),
    ("invited", "move", "decline"),
    ("invited", "remind", "withdraw"),
    ("not coming", "accept", "move"),
]


@pytest.mark.parametrize(("phase", "name", "other"), PAIRS, ids=lambda part: part)
def test_twenty_at_once_come_out_as_one_after_the_other(
    app: Flask, phase: str, name: str, other: str
) -> None:
    world = PHASES[phase](app)
    verbs = world.verbs()
    pair = verbs[name], verbs[other]
    done, after = run(pair), world.model()
    assert explains(pair, world.before, done, after), (done, after)

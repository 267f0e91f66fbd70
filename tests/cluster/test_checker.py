"""The checker of the cluster sees what is lost and what is there twice."""

from collections import Counter
from typing import Any

import pytest

from cluster.checker import Found, letters_again, violations

FILED = {"kind": "filed", "who": "9930000001", "procedure": "etudiant", "reference": "69-A"}
FILE = {"kind": "file", "who": "9930000001", "slot": "permit", "name": "permit.jpg"}
ACT = {"kind": "act", "who": "agent", "reference": "69-A", "action": "take"}
PAID = {"kind": "paid", "who": "340000001", "stamp": "5", "reference": "69-B"}
ANSWERS = {"kind": "answers", "who": "9930000001", "procedure": "etudiant", "keys": ["phone"]}
QUESTION = {"kind": "question", "who": "9930000001", "text": "Quand ?"}
DONE = [FILED, FILE, ACT, PAID, ANSWERS, QUESTION]


def whole() -> Found:
    """What there is when all of it was kept, once."""
    return Found(
        filed=Counter([("9930000001", "etudiant", "69-A")]),
        answers={("9930000001", "etudiant"): {"phone", "address"}},
        files=Counter([("9930000001", "permit", "permit.jpg")]),
        keys={"permit.jpg": "documents/1"},
        objects={"documents/1"},
        questions=Counter(["Quand ?"]),
        acts=Counter([("69-A", "take")]),
        notices={7: ("69-A", "taken")},
        letters=Counter(["notice-7"]),
        stamps={"5": {"69-B"}},
    )


def test_nothing_is_wrong_where_everything_is_there_once() -> None:
    assert violations(DONE, whole()) == []


@pytest.mark.parametrize(
    ("part", "empty"),
    [
        ("filed", Counter()),
        ("files", Counter()),
        ("objects", set()),
        ("acts", Counter()),
        ("stamps", {}),
        ("answers", {}),
        ("questions", Counter()),
        ("letters", Counter()),
    ],
)
def test_a_lost_act_is_seen(part: str, empty: Any) -> None:
    found = whole()
    setattr(found, part, empty)
    (lost,) = violations(DONE, found)
    assert lost.startswith("lost: ")


def test_what_is_there_twice_is_seen() -> None:
    found = whole()
    found.filed[("9930000001", "etudiant", "69-C")] += 1  # of the same person, under another reference
    found.filed[("9930000002", "etudiant", "69-A")] += 1  # of another person, under the same one
    found.files[("9930000001", "permit", "permit.jpg")] += 1
    found.acts[("69-A", "take")] += 1
    found.questions["Quand ?"] += 1
    found.notices[8], found.letters["notice-8"] = ("69-A", "taken"), 1
    found.stamps["5"] = {"69-B", "69-C"}
    twice = violations(DONE, found)
    assert len(twice) == 7
    assert all(problem.startswith("twice: ") for problem in twice)


def test_a_letter_sent_again_is_counted_and_no_violation() -> None:
    found = whole()
    found.letters["notice-7"] += 2
    assert violations(DONE, found) == []
    assert letters_again(found) == 2

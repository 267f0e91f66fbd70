"""How far each criterion of the RGAA 4.1.2 is met, and what shows it: `rgaa.tsv`, which the statement is drawn from.

The statement is owed by article 47 of the loi n° 2005-102 and the décret n° 2019-768. A line has the number of the
criterion, its subject in our words, its state, and the tests that hold it, or the day it was looked at and how, or what
lacks.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path


class State(StrEnum):
    """What is known of a criterion."""

    MET = "met"
    NOT_MET = "not met"
    DOES_NOT_APPLY = "does not apply"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True)
class Criterion:
    """A criterion of the RGAA."""

    number: str
    subject: str
    state: State
    shown_by: str


# What people meet where a criterion is not met, as msgids; none is known not to be.
BARRIERS: dict[str, str] = {}


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return the criteria in their order."""
    lines = (Path(__file__).parent / "rgaa.tsv").read_text(encoding="utf-8").splitlines()
    parts = (line.split("\t") for line in lines)
    return tuple(Criterion(number, subject, State(state), proof) for number, subject, state, proof in parts)


def counted(found: Sequence[Criterion]) -> Counter[State]:
    """Return how many criteria are in each state."""
    return Counter(criterion.state for criterion in found)


def rate(found: Sequence[Criterion]) -> int:
    """Return the criteria that are met in a hundred of those that apply and were checked, rounded down."""
    count = counted(found)
    return 100 * count[State.MET] // (count[State.MET] + count[State.NOT_MET])

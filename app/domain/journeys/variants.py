"""What the rules of a journey look at, found by asking them with each answer in turn.

A list of documents or a price can then be told before anybody has answered anything, for any procedure.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from app.domain.journeys.journey import Journey, Purpose, Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.fees import Operation
from app.domain.text import N_

T = TypeVar("T")
Rule = Callable[[Case], T]


class _Watched(dict[str, Any]):
    """Answers that remember which ones were looked for and not there."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given)
        self.missed: list[str] = []

    def get(self, key: str, default: Any = None) -> Any:
        """The answer, or its absence, noted."""
        if key not in self:
            self.missed.append(key)
        return super().get(key, default)

    def __missing__(self, key: str) -> None:
        self.missed.append(key)


def holders(journey: Journey, today: date) -> Iterator[dict[str, Any]]:
    """A permit of each kind and mention that opens a journey, as the register would tell it."""
    validates = journey.purpose is Purpose.VALIDATION
    for kind in sorted(journey.holders) or ["CST"]:
        for mention in sorted(journey.mentions) or [""]:
            day = today.isoformat()
            dates = {"valid_from": day, "valid_until": day}
            # A visa still to be validated is one whose holder has no number yet.
            number = "" if validates else "9900000000"
            yield {"permit_kind": kind, "mention": mention, "foreign_number": number} | dates


def variants(journey: Journey, rule: Rule[T], today: date) -> Iterator[tuple[dict[str, Any], T]]:
    """Each set of answers that a rule looks at, with what it says of them, for every permit that opens the journey."""
    choices = {q.key: q for step in journey.steps for q in step.questions if q.options}
    for identity in holders(journey, today):
        waiting: list[dict[str, Any]] = [{}]
        while waiting:
            given = waiting.pop()
            watched = _Watched(given)
            found = rule(Case(watched, today=today, identity=identity))
            asked = next((choices[key] for key in watched.missed if key in choices), None)
            if asked is None:
                yield given, found
            else:
                waiting += [{**given, asked.key: value} for value in _values(asked)]


def _values(question: Question) -> list[Any]:
    keys = [option.key for option in question.options]
    return [[key] for key in keys] if question.kind is Kind.CHOICES else list(keys)


def may(journey: Journey, rule: Rule[bool], today: date) -> bool:
    """Whether a rule holds for some answers at least."""
    return any(found for _given, found in variants(journey, rule, today))


def prices(journey: Journey, today: date) -> list[tuple[Operation | None, bool]]:
    """What the journey may have paid for, and whether at the reduced rate: dearest uses first, None for nothing."""
    pairs = variants(journey, lambda case: (journey.operation(case), journey.reduced_fee(case)), today)
    found = {(operation, reduced and operation is not None) for _given, (operation, reduced) in pairs}
    return sorted(found, key=lambda one: (one[0] is None, str(one[0]), one[1]))


def deciding(journey: Journey, today: date) -> Step:
    """The few questions of a journey on which its documents depend, as one short form."""
    rules: list[Rule[bool]] = [journey.photo, *(document.needed for document in journey.documents)]
    keys = {key for rule in rules for given, _found in variants(journey, rule, today) for key in given}
    questions = tuple(q for step in journey.steps for q in step.questions if q.key in keys)
    sentence = N_("Répondez, et la liste ne montre plus que ce qui vous concerne. Rien n’est enregistré.")
    return Step("ma-liste", N_("La liste de mes documents"), sentence, questions)

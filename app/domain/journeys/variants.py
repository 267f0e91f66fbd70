"""Enumeration of the answers on which a rule of a journey depends, by calling it with each answer in turn.

It gives the list of documents and the prices of any procedure before any question is answered, and before the
permit held is known: each side of what a rule reads in it is a variant like any other.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from app.domain.journeys.journey import Journey, Purpose, Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.deadlines import Answers, Identity
from app.domain.rules.fees import Operation, Rate
from app.domain.text import N_

T = TypeVar("T")
Rule = Callable[[Case], T]


class UndeclaredPermitData(Exception):
    """Raised when a rule reads data of the permit that its journey does not declare in `turns_on`."""


class _RecordingAnswers(dict[str, Any]):
    """Answers that record the keys that were looked up without being there."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        super().__init__(answers)
        self.missed: list[str] = []

    def get(self, key: str, default: Any = None) -> Any:
        """Return an answer; record the key if it is missing."""
        if key not in self:
            self.missed.append(key)
        return super().get(key, default)

    def __missing__(self, key: str) -> None:
        self.missed.append(key)


class _RecordingPermit(dict[str, Any]):
    """A permit invented for some sides; it records the questions on which the data that were read depend."""

    def __init__(self, journey: Journey, permit: Identity, answers: Answers, today: date) -> None:
        super().__init__(permit)
        self.missed: list[str] = []
        self.held = False  # whether a datum of `holders` was read
        self._held = permit.keys()
        self._asked: dict[str, list[str]] = {}
        for question in journey.turns_on:
            facts = question.side(answers.get(question.key)).facts(dict(self), today)
            self.update(facts)
            for key in facts if question.key not in answers else ():
                self._asked.setdefault(key, []).append(question.key)

    def __getitem__(self, key: str) -> Any:
        self.missed += self._asked.get(key, [])
        self.held |= key in self._held
        return super().__getitem__(key)

    def __missing__(self, key: str) -> Any:
        raise UndeclaredPermitData(key)

    def get(self, key: str, default: Any = None) -> Any:
        """Return a datum, which has to be declared."""
        return self[key]


def holders(journey: Journey) -> Iterator[dict[str, Any]]:
    """Yield kind, mention and number of each permit that a journey is open to: what `turns_on` need not declare."""
    # A permit without foreign number is a visa not yet validated.
    number = "" if journey.purpose is Purpose.VALIDATION else "9900000000"
    for kind in sorted(journey.holders) or ["CST"]:
        for mention in sorted(journey.mentions) or [""]:
            yield {"permit_kind": kind, "mention": mention, "foreign_number": number}


def example(journey: Journey, answers: Answers, today: date) -> Identity:
    """Return a permit that a journey is open to, on the sides that some answers choose."""
    permit = next(holders(journey))
    for question in journey.turns_on:
        permit |= question.side(answers.get(question.key)).facts(permit, today)
    return permit


def variants(
    journey: Journey,
    rule: Rule[T],
    today: date,
    permit: Identity | None = None,
    known: Answers = MappingProxyType({}),
) -> Iterator[tuple[dict[str, Any], T]]:
    """Yield each set of answers that a rule reads, with its result, for every permit that the journey is open to.

    Only answers to questions with options are varied; others count as missing. The sides of `turns_on` are varied
    likewise, under the keys of their questions. With a `permit`, nothing of it is varied, nor are `known` answers.
    """
    choices = {
        question.key: question for step in journey.steps for question in step.questions if question.options
    } | {question.key: question.question for question in journey.turns_on}
    for held in (permit,) if permit is not None else holders(journey):
        others_differ = False
        pending = [dict(known)]
        while pending:
            answers = pending.pop()
            recording = _RecordingAnswers(answers)
            invented = None if permit is not None else _RecordingPermit(journey, held, answers, today)
            result = rule(Case(recording, today=today, identity=held if invented is None else invented))
            missed = (*(invented.missed if invented else ()), *recording.missed)
            others_differ |= bool(invented and invented.held)
            unanswered = next((choices[key] for key in missed if key in choices), None)
            if unanswered is None:
                yield answers, result
            else:
                pending += [{**answers, unanswered.key: value} for value in _values(unanswered)]
        if not others_differ:
            return


def _values(question: Question) -> list[Any]:
    keys = [option.key for option in question.options]
    return [[key] for key in keys] if question.kind is Kind.CHOICES else list(keys)


def may(journey: Journey, rule: Rule[bool], today: date, permit: Identity | None = None) -> bool:
    """Return whether a rule is true for some answers."""
    return any(result for _answers, result in variants(journey, rule, today, permit))


@dataclass(frozen=True)
class Charge:
    """What a journey may charge for: None is for nothing; `when` is the condition, "" if there is no other charge."""

    operation: Operation | None
    rate: Rate
    when: str = ""


def charges(
    journey: Journey, today: date, permit: Identity | None = None, known: Answers = MappingProxyType({})
) -> list[Charge]:
    """Return what a journey may charge for, by operation, full rate first; nothing to pay is last."""

    def charge(case: Case) -> Charge:
        operation = journey.operation(case)
        return Charge(operation, journey.rate(case) if operation else Rate.NORMAL, journey.fee_when(case))

    found = {result for _answers, result in variants(journey, charge, today, permit, known)}
    return sorted(
        found, key=lambda due: (due.operation is None, str(due.operation), list(Rate).index(due.rate))
    )


def deciding(journey: Journey, today: date, permit: Identity | None = None) -> Step:
    """Return a form with the questions of a journey on which its list of documents depends."""
    rules: list[Rule[bool]] = [journey.photo, *(document.needed for document in journey.documents)]
    keys = {key for rule in rules for answers, _ in variants(journey, rule, today, permit) for key in answers}
    asked = (
        *(question.question for question in journey.turns_on),
        *(question for step in journey.steps for question in step.questions),
    )
    sentence = N_("Répondez, et la liste ne montre plus que ce qui vous concerne. Rien n’est enregistré.")
    questions = tuple(question for question in asked if question.key in keys)
    return Step("ma-liste", N_("La liste de mes documents"), sentence, questions)

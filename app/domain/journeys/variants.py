"""Enumeration of the answers on which a rule of a journey depends, by calling it with each answer in turn.

It gives the list of documents and the prices of any procedure before any question is answered.
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


def holders(journey: Journey, today: date) -> Iterator[dict[str, Any]]:
    """Yield an identity of the register for each kind and mention of permit that a journey is open to."""
    validates = journey.purpose is Purpose.VALIDATION
    for kind in sorted(journey.holders) or ["CST"]:
        for mention in sorted(journey.mentions) or [""]:
            day = today.isoformat()
            dates = {"valid_from": day, "valid_until": day}
            # An identity without foreign number is one with a visa not yet validated.
            number = "" if validates else "9900000000"
            yield {"permit_kind": kind, "mention": mention, "foreign_number": number} | dates


def variants(journey: Journey, rule: Rule[T], today: date) -> Iterator[tuple[dict[str, Any], T]]:
    """Yield each set of answers that a rule reads, with its result, for every permit that the journey is open to.

    Only answers to questions with options are varied; others count as missing.
    """
    choices = {
        question.key: question for step in journey.steps for question in step.questions if question.options
    }
    for identity in holders(journey, today):
        pending: list[dict[str, Any]] = [{}]
        while pending:
            answers = pending.pop()
            recording = _RecordingAnswers(answers)
            result = rule(Case(recording, today=today, identity=identity))
            unanswered = next((choices[key] for key in recording.missed if key in choices), None)
            if unanswered is None:
                yield answers, result
            else:
                pending += [{**answers, unanswered.key: value} for value in _values(unanswered)]


def _values(question: Question) -> list[Any]:
    keys = [option.key for option in question.options]
    return [[key] for key in keys] if question.kind is Kind.CHOICES else list(keys)


def may(journey: Journey, rule: Rule[bool], today: date) -> bool:
    """Return whether a rule is true for some answers."""
    return any(result for _answers, result in variants(journey, rule, today))


def prices(journey: Journey, today: date) -> list[tuple[Operation | None, bool]]:
    """Return the operations that a journey may charge for, each with whether the rate is reduced.

    Sorted by operation, full rate first; None, for nothing to pay, is last.
    """
    results = variants(journey, lambda case: (journey.operation(case), journey.reduced_fee(case)), today)
    pairs = {(operation, reduced and operation is not None) for _answers, (operation, reduced) in results}
    return sorted(pairs, key=lambda pair: (pair[0] is None, str(pair[0]), pair[1]))


def deciding(journey: Journey, today: date) -> Step:
    """Return a form with the questions of a journey on which its list of documents depends."""
    rules: list[Rule[bool]] = [journey.photo, *(document.needed for document in journey.documents)]
    keys = {key for rule in rules for answers, _result in variants(journey, rule, today) for key in answers}
    questions = tuple(
        question for step in journey.steps for question in step.questions if question.key in keys
    )
    sentence = N_("Répondez, et la liste ne montre plus que ce qui vous concerne. Rien n’est enregistré.")
    return Step("ma-liste", N_("La liste de mes documents"), sentence, questions)

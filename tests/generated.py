"""Answers made from the declarations: enough sets for every option of every question to be chosen once."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from app.domain.journeys.journey import Journey, Page, Purpose, Step
from app.domain.journeys.questions import Case, Kind, Question, as_list
from tests.answers import ANSWERS

TODAY = date(2026, 11, 23)
PERMIT_UNTIL = date(2027, 2, 10)  # inside the filing window on that day

# Answers that a check wants in a form of its own; everything else comes from the kind of the question.
_OWN: dict[str, Any] = {
    "employer_siret": "73282932000074",
    "principal_number": "9920000333",
    "contract_starts": "2026-01-05",
    "contract_ends": "2027-12-31",
    "annual_pay": 6_000_000,
    "visa_issued_on": "2026-01-20",
    "stamp": "1000200030004000",
}
_OPTIONS = (Kind.CHOICE, Kind.CHOICES, Kind.SELECT)


def identity(one: Journey) -> dict[str, str]:
    """What the register says of somebody whom a procedure is for."""
    kind = next(iter(one.holders)) if len(one.holders) == 1 else "CST"
    held = {"permit_kind": kind, "mention": min(one.mentions, default="etudiant")}
    if one.purpose is Purpose.VALIDATION:  # nobody has a number before
        held |= {"foreign_number": "", "visa_number": "330000777", "validated_on": ""}
    return held


def paths(one: Journey) -> list[dict[str, Any]]:
    """Sets of valid answers that choose each option once at least: the n-th choosing the n-th one, round and round.

    Under a choice, one turns once the choice has gone all round; a set that chooses nothing new is left out.
    """
    found: list[dict[str, Any]] = []
    chosen: set[tuple[str, str]] = set()
    for place in range(_rounds(one)):
        answers = _path(one, place)
        new = {
            (key, option) for key, value in answers.items() for option in map(str, as_list(value))
        } - chosen
        if not found or any(_is_option(one, key) for key, _option in new):
            found.append(answers)
            chosen |= new
    return found


def _questions(one: Journey) -> dict[str, Question]:
    return {question.key: question for step in one.steps for question in step.questions}


def _is_option(one: Journey, key: str) -> bool:
    return bool(_questions(one)[key].options)


def _pace(question: Question, known: dict[str, Question]) -> int:
    """How many sets share an option: as many as the choices above it have options together."""
    above = known.get(question.when.key) if question.when else None
    return len(above.options) * _pace(above, known) if above else 1


def _rounds(one: Journey) -> int:
    known = _questions(one)
    return max((len(q.options) * _pace(q, known) for q in known.values()), default=1) or 1


def _path(one: Journey, place: int) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    known = _questions(one)
    for step in one.steps:
        for question in step.questions:
            if question in tuple(step.asked(answers)):
                answers[question.key] = _valid(question, answers, place // _pace(question, known))
    return answers


def _valid(question: Question, answers: dict[str, Any], place: int) -> Any:
    for value in _candidates(question, place):
        case = Case({**answers, question.key: value}, today=TODAY)
        if question.problem(value, case) is None:
            return value
    raise AssertionError(f"no valid answer to {question.key}")


def _candidates(question: Question, place: int) -> Iterator[Any]:
    if question.kind in _OPTIONS:
        keys = [option.key for option in question.options]
        for turn in range(len(keys)):
            key = keys[(place + turn) % len(keys)]
            yield [key] if question.kind is Kind.CHOICES else key
        return
    for known in (_OWN, ANSWERS):
        if known.get(question.key):
            yield known[question.key]
    past, future = TODAY - timedelta(days=20), TODAY + timedelta(days=400)
    yield from {
        Kind.DATE: (past.isoformat(), future.isoformat()),
        Kind.MONEY: (150_000,),
        Kind.COUNTRY: ("VNM",),
    }.get(question.kind, (f"Exemple de {question.key}",))


def forms(one: Journey) -> tuple[Step, ...]:
    """The steps that are forms."""
    return tuple(step for step in one.steps if step.page is Page.FORM)

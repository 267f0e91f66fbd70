"""Orientation before signing in: a few questions lead to a procedure, or to the prefecture.

No procedure is named here: the journeys' purpose, holders, mentions and deadline decide.
Sources: CESEDA R.431-4, R.431-5, R.431-8, R.431-17.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.journeys.journey import Journey, Purpose, Step
from app.domain.journeys.questions import Case, Question
from app.domain.orientation.questions import (
    ALGERIA,
    ENTERED_STEP,
    GROUND_STEP,
    HELD,
    HELD_STEP,
    OTHER,
    UNTIL_STEP,
    Ground,
    Held,
    Reason,
)
from app.domain.rules.calendar import Timing, Window

_HELD = {document.key: document for document in HELD}


def ground_of(mention: str) -> str:
    """Return the ground of stay of a mention in the register, including older mentions.

    >>> ground_of("passeport-talent-famille"), ground_of("talent-chercheur"), ground_of("etudiant")
    ('talent-famille', 'talent', 'etudiant')
    """
    if "talent" in mention:
        return str(Ground.FAMILY if "famille" in mention else Ground.TALENT)
    return mention


class Verdict(StrEnum):
    """The results of the orientation."""

    BEGIN = "begin"
    LATE = "late"  # one can begin, with the consequences of being late
    COME_BACK = "come_back"
    PREFECTURE = "prefecture"


@dataclass(frozen=True)
class Outcome:
    """The result of the orientation: a procedure with its window, or the prefecture with a reason."""

    verdict: Verdict
    journey: Journey | None = None
    window: Window | None = None
    reason: Reason | None = None


def orient(answers: Mapping[str, Any], journeys: Iterable[Journey], today: date) -> Step | Outcome:
    """Return the next question to ask, or the result once every question is answered."""
    document = _HELD.get(answers.get("document", ""))
    if document is None:
        return HELD_STEP
    if document.reason:
        return _prefecture(document.reason)
    matching = [
        journey
        for journey in journeys
        if journey.purpose is document.purpose and _is_open_to(journey, document)
    ]
    if document.purpose is Purpose.VALIDATION:  # one procedure for every ground
        return _by_date(matching, document, answers, today)
    return _by_ground(matching, document, answers, today)


def _by_ground(
    matching: list[Journey], document: Held, answers: Mapping[str, Any], today: date
) -> Step | Outcome:
    ground = answers.get("motif")
    if ground is None:
        return GROUND_STEP
    if ground in (OTHER, ALGERIA):
        return _prefecture(Reason.ALGERIA if ground == ALGERIA else Reason.OTHER_GROUND)
    matching = [
        journey for journey in matching if not journey.mentions or ground in map(ground_of, journey.mentions)
    ]
    return _by_date(matching, document, answers, today)


def _is_open_to(journey: Journey, document: Held) -> bool:
    return not journey.holders or bool(document.kinds & journey.holders)


def _prefecture(reason: Reason) -> Outcome:
    return Outcome(Verdict.PREFECTURE, reason=reason)


def _by_date(
    matching: list[Journey], document: Held, answers: Mapping[str, Any], today: date
) -> Step | Outcome:
    """Return the last question, a date, or the result for the first matching procedure."""
    if not matching:
        return _prefecture(Reason.NOT_OFFERED)
    step = UNTIL_STEP if document.purpose is Purpose.RENEWAL else ENTERED_STEP
    day = answers.get(step.slug)
    if day is None:
        return step
    journey = matching[0]
    window = journey.window(Case({"entered_on": day}, identity={"valid_until": day}, today=today))
    timing = window.timing(today)
    if timing is Timing.TOO_LATE:
        return _prefecture(Reason.EXPIRED)
    verdicts = {Timing.EARLY: Verdict.COME_BACK, Timing.IN_TIME: Verdict.BEGIN, Timing.LATE: Verdict.LATE}
    return Outcome(verdicts[timing], journey, window)


def answered(parameters: Mapping[str, str], journeys: Iterable[Journey], today: date) -> dict[str, Any]:
    """Return the valid answers among the parameters of an address, up to the first question without one."""
    journeys, answers = tuple(journeys), dict[str, Any]()
    while isinstance(step := orient(answers, journeys, today), Step):
        value = parameters.get(step.slug)
        if value is None or not _is_valid(step.questions[0], value, today):
            break
        answers[step.slug] = value
    return answers


def _is_valid(question: Question, value: str, today: date) -> bool:
    try:
        return question.problem(value, Case({}, today=today)) is None
    except ValueError:  # not an ISO date
        return False


def permit_end(text: str, today: date) -> date | None:
    """Return the end of a permit from an address's parameter, None if it is not valid."""
    return date.fromisoformat(text) if _is_valid(UNTIL_STEP.questions[0], text, today) else None

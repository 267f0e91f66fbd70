"""Which procedure a person needs, found before they sign in: a few coarse questions, then one outcome.

Nothing here knows a procedure by its name: what a journey declares (purpose, holders, mentions, deadline) decides.
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

_HELD = {one.key: one for one in HELD}


def ground_of(mention: str) -> str:
    """The ground behind a mention of the register, old names too.

    >>> ground_of("passeport-talent-famille"), ground_of("talent-chercheur"), ground_of("etudiant")
    ('talent-famille', 'talent', 'etudiant')
    """
    if "talent" in mention:
        return str(Ground.FAMILY if "famille" in mention else Ground.TALENT)
    return mention


class Verdict(StrEnum):
    """Where the questions lead."""

    BEGIN = "begin"
    LATE = "late"  # begin all the same, and know what it costs
    COME_BACK = "come_back"
    PREFECTURE = "prefecture"


@dataclass(frozen=True)
class Outcome:
    """Where a person is sent: to a procedure with its window, or to the prefecture with a reason."""

    verdict: Verdict
    journey: Journey | None = None
    window: Window | None = None
    reason: Reason | None = None


def orient(answers: Mapping[str, Any], journeys: Iterable[Journey], today: date) -> Step | Outcome:
    """The next question to ask, or where the answers lead."""
    held = _HELD.get(answers.get("document", ""))
    if held is None:
        return HELD_STEP
    if held.reason:
        return _prefecture(held.reason)
    fitting = [one for one in journeys if one.purpose is held.purpose and _opens(one, held)]
    if held.purpose is Purpose.VALIDATION:  # whatever the ground
        return _dated(fitting, held, answers, today)
    return _by_ground(fitting, held, answers, today)


def _by_ground(fitting: list[Journey], held: Held, answers: Mapping[str, Any], today: date) -> Step | Outcome:
    ground = answers.get("motif")
    if ground is None:
        return GROUND_STEP
    if ground in (OTHER, ALGERIA):
        return _prefecture(Reason.ALGERIA if ground == ALGERIA else Reason.OTHER_GROUND)
    fitting = [one for one in fitting if not one.mentions or ground in map(ground_of, one.mentions)]
    return _dated(fitting, held, answers, today)


def _opens(journey: Journey, held: Held) -> bool:
    return not journey.holders or bool(held.kinds & journey.holders)


def _prefecture(reason: Reason) -> Outcome:
    return Outcome(Verdict.PREFECTURE, reason=reason)


def _dated(fitting: list[Journey], held: Held, answers: Mapping[str, Any], today: date) -> Step | Outcome:
    """The last question, a date, and what it means for the procedure found."""
    if not fitting:
        return _prefecture(Reason.NOT_OFFERED)
    step = UNTIL_STEP if held.purpose is Purpose.RENEWAL else ENTERED_STEP
    day = answers.get(step.slug)
    if day is None:
        return step
    journey = fitting[0]
    window = journey.window(Case({"entered_on": day}, identity={"valid_until": day}, today=today))
    timing = window.timing(today)
    if timing is Timing.TOO_LATE:
        return _prefecture(Reason.EXPIRED)
    verdicts = {Timing.EARLY: Verdict.COME_BACK, Timing.IN_TIME: Verdict.BEGIN, Timing.LATE: Verdict.LATE}
    return Outcome(verdicts[timing], journey, window)


def answered(given: Mapping[str, str], journeys: Iterable[Journey], today: date) -> dict[str, Any]:
    """The answers of an address that are sound and were asked, in order; the rest is as if never said."""
    journeys, kept = tuple(journeys), dict[str, Any]()
    while isinstance(step := orient(kept, journeys, today), Step):
        value = given.get(step.slug)
        if value is None or not _sound(step.questions[0], value, today):
            break
        kept[step.slug] = value
    return kept


def _sound(question: Question, value: str, today: date) -> bool:
    try:
        return question.problem(value, Case({}, today=today)) is None
    except ValueError:  # no date
        return False


def permit_end(text: str, today: date) -> date | None:
    """The end of a permit as an address holds it, None for anything else."""
    return date.fromisoformat(text) if _sound(UNTIL_STEP.questions[0], text, today) else None

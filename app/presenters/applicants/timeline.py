"""The public states of a dossier with their dates, from its events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.actions import TRANSITIONS
from app.domain.dossiers.states import PUBLIC, PUBLIC_TITLES, PublicState, State
from app.domain.rules.calendar import paris_day
from app.storage.models import Dossier, Event

# The actions whose event dates each state: those that enter it from another.
_DATED_BY = {
    state: frozenset(
        move.action
        for move in TRANSITIONS
        if PUBLIC[move.target] is state and PUBLIC.get(move.origin) is not state
    )
    for state in PublicState
}

# States after which no card is made.
_AGAINST = frozenset({State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN})
_ENDS = _AGAINST | {State.HANDED_OVER}


@dataclass(frozen=True)
class Stage:
    """A public state: `status` is done, now or to_come; `day` is when it began, or its deadline."""

    key: PublicState
    title: str
    status: str
    day: date | None


def stages(dossier: Dossier, events: Sequence[Event]) -> tuple[Stage, ...]:
    """Return the public states of a filed dossier; a refused one, or one without card, ends at the decision."""
    present = PUBLIC[State(dossier.state)]
    order = list(PublicState)
    if dossier.state in _AGAINST or not dossier.with_card:
        order.remove(PublicState.AVAILABLE)
    ended = dossier.state in _ENDS or (not dossier.with_card and dossier.state == State.FAVOURABLE)
    return tuple(_stage(key, order, present, ended, dossier, events) for key in order)


def _stage(
    key: PublicState,
    order: list[PublicState],
    present: PublicState,
    ended: bool,
    dossier: Dossier,
    events: Sequence[Event],
) -> Stage:
    place, here = order.index(key), order.index(present)
    status = "done" if place < here or (place == here and ended) else "now" if place == here else "to_come"
    if status == "to_come":
        day = dossier.legal_answer_on if key is PublicState.DECIDED else None
    else:
        day = _began(key, events)
    return Stage(key, PUBLIC_TITLES[key], status, day)


def _began(key: PublicState, events: Sequence[Event]) -> date | None:
    moments: list[datetime] = [event.at for event in events if event.action in _DATED_BY[key]]
    # A reopened dossier is decided again: show the last decision.
    index = -1 if key is PublicState.DECIDED else 0
    return paris_day(moments[index]) if moments else None

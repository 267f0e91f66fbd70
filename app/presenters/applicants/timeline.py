"""The public states of a dossier with their dates and what each means, from its events and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from app.domain.actions import TRANSITIONS
from app.domain.actions.card import STEP_BACK
from app.domain.dossiers.states import PUBLIC, PUBLIC_TITLES, PublicState, State
from app.domain.rules.calendar import paris_day
from app.presenters import notice_words as words
from app.presenters.standing_view import StandingView
from app.storage.models import Dossier, Event
from app.web.localisation.language import gettext as _

# The actions whose event dates each state: those that enter it from another.
_DATED_BY = {
    state: frozenset(
        move.action
        for move in TRANSITIONS
        if PUBLIC[move.target] is state
        and PUBLIC.get(move.origin) is not state
        and move.action != STEP_BACK.key
    )
    for state in PublicState
}

# States after which no card is made.
_AGAINST = frozenset({State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN})
_ENDS = _AGAINST | {State.HANDED_OVER}
_UNDECIDED = frozenset({State.CLOSED, State.WITHDRAWN})  # they end where others are decided


@dataclass(frozen=True)
class Stage:
    """A public state: `status` is done, now or to_come; `day` is when it began, or its deadline."""

    key: PublicState
    title: str
    status: str
    day: date | None
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Followed:
    """A filed dossier with its events, where it stands, and what was granted without an agent or a card."""

    dossier: Dossier
    events: Sequence[Event]
    view: StandingView
    granted: str = ""  # what the person reads of a favourable decision that makes no card
    automatic: bool = False  # decided at filing, by the system

    @cached_property
    def state(self) -> State:
        """State of the dossier."""
        return State(self.dossier.state)


def stages(of: Followed) -> tuple[Stage, ...]:
    """Return the public states of a filed dossier; a refused one, or one without card, ends at the decision."""
    order = list(PublicState)
    if of.state in _AGAINST or not of.dossier.with_card:
        order.remove(PublicState.AVAILABLE)
    return tuple(_stage(key, order, of) for key in order)


def _stage(key: PublicState, order: list[PublicState], of: Followed) -> Stage:
    present = PUBLIC[of.state]
    ended = of.state in _ENDS or (not of.dossier.with_card and of.state is State.FAVOURABLE)
    place, here = order.index(key), order.index(present)
    status = "done" if place < here or (place == here and ended) else "now" if place == here else "to_come"
    if status == "to_come":
        day = of.dossier.legal_answer_on if key is PublicState.DECIDED else None
    else:
        day = _began(key, of.events)
    title = words.LISTED[of.state] if place == here and of.state in _UNDECIDED else PUBLIC_TITLES[key]
    return Stage(key, title, status, day, _told(key, place - here, day, of))


def _told(key: PublicState, place: int, day: date | None, of: Followed) -> tuple[str, ...]:
    """Return the sentences of a state before (negative place), at or after the present one."""
    if place < 0:
        return _past(key, day, of)
    return _coming(key, of) if place else _present(of)


def _present(of: Followed) -> tuple[str, ...]:
    """Return what the present state is."""
    return (of.granted or _(words.PRESENT[of.state]),)


def _past(key: PublicState, day: date | None, of: Followed) -> tuple[str, ...]:
    """Return how a past state ended."""
    if key is PublicState.IN_REVIEW and of.automatic:
        return (_(words.BY_ITSELF),)
    if key is PublicState.IN_REVIEW and day is None:
        return (_(words.NEVER_OPENED),)
    if key is PublicState.IN_REVIEW and of.state is State.WITHDRAWN:
        return (_(words.BEGUN),)
    return (_(words.PAST[key]),)


def _coming(key: PublicState, of: Followed) -> tuple[str, ...]:
    """Return what a coming state will be; at the decision, what silence means where the law attaches something to it."""
    if key is PublicState.DECIDED and of.view.silence:
        return of.view.silence
    return (_(words.COMING[key]),)


def _began(key: PublicState, events: Sequence[Event]) -> date | None:
    moments: list[datetime] = [event.at for event in events if event.action in _DATED_BY[key]]
    # A reopened dossier is decided again, a card announced by mistake is announced again: show the last time.
    index = -1 if key in (PublicState.DECIDED, PublicState.AVAILABLE) else 0
    return paris_day(moments[index]) if moments else None

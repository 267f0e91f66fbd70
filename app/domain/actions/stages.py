"""Timed stages of a dossier: the transitions that begin and end each, derived from the actions.

A new state or action needs no change here as long as it enters or leaves the states named below.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.actions import ACTIONS, TRANSITIONS
from app.domain.actions.card import STEP_BACK
from app.domain.dossiers.states import OPEN, UNDER_REVIEW, State, Transition
from app.domain.text import N_


class Stage(StrEnum):
    """The timed stages in their usual order; `whole` is from the filing to the end of the application."""

    TAKING = "taking"
    DECIDING = "deciding"
    WAITING = "waiting"
    MAKING = "making"
    COLLECTING = "collecting"
    WHOLE = "whole"


STAGE_TITLES: dict[Stage, str] = {
    Stage.TAKING: N_("Du dépôt à la prise en charge"),
    Stage.DECIDING: N_("De la prise en charge à la décision"),
    Stage.WAITING: N_("Attente d’une réponse de l’usager"),
    Stage.MAKING: N_("De la décision à la carte disponible"),
    Stage.COLLECTING: N_("De la carte disponible à la remise"),
    Stage.WHOLE: N_("Du dépôt à la décision, en tout"),
}

# States of a decision; automatic decisions are distinguished by the author of their event.
DECISIONS = frozenset({State.FAVOURABLE, State.UNFAVOURABLE})


@dataclass(frozen=True)
class Span:
    """A stage begins with a transition into `enters`, and ends with one from `leaves` into `ends`."""

    enters: frozenset[State]
    leaves: frozenset[State]
    ends: frozenset[State]


SPANS: dict[Stage, Span] = {
    Stage.TAKING: Span(frozenset({State.FILED}), frozenset({State.FILED}), UNDER_REVIEW),
    Stage.DECIDING: Span(UNDER_REVIEW, UNDER_REVIEW, DECISIONS),
    Stage.WAITING: Span(
        frozenset({State.COMPLEMENT_REQUESTED}),
        frozenset({State.COMPLEMENT_REQUESTED}),
        frozenset({State.COMPLEMENT_RECEIVED}),
    ),
    Stage.MAKING: Span(frozenset({State.FAVOURABLE}), frozenset(State), frozenset({State.CARD_AVAILABLE})),
    Stage.COLLECTING: Span(
        frozenset({State.CARD_AVAILABLE}), frozenset({State.CARD_AVAILABLE}), frozenset({State.HANDED_OVER})
    ),
    Stage.WHOLE: Span(frozenset({State.FILED}), OPEN, frozenset(State) - OPEN),
}

# The actions that begin each stage: those with a transition into its states from outside.
OPENERS: dict[Stage, frozenset[str]] = {
    stage: frozenset(
        move.action
        for move in TRANSITIONS
        if move.target in span.enters and move.origin not in span.enters and move.action != STEP_BACK.key
    )
    for stage, span in SPANS.items()
}


def ended(move: Transition) -> tuple[Stage, ...]:
    """Return the stages that a transition ends."""
    return tuple(
        stage
        for stage, span in SPANS.items()
        if move.origin in span.leaves - span.ends and move.target in span.ends
    )


def annulled(move: Transition) -> tuple[Stage, ...]:
    """Return the stages that had ended by mistake: those whose end a step back takes away."""
    if move.action != STEP_BACK.key:
        return ()
    return tuple(
        stage for stage, span in SPANS.items() if move.origin in span.ends and move.target not in span.ends
    )


# Each state that an action leaves, with whether the action is for a card. A state left by undoing only is final.
_LEFT = tuple(
    (move.origin, action.for_card)
    for action in ACTIONS.values()
    for move in action.transitions
    if not action.undoes and move.target is not move.origin
)
# States in which the applicant or an agent still has something to do.
ONGOING = frozenset(state for state, _ in _LEFT) - {State.DRAFT}
# Those of them that only actions for a card leave: without a card they are final.
FOR_CARD = frozenset(
    state for state in ONGOING if all(for_card for origin, for_card in _LEFT if origin is state)
)

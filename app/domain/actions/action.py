"""What an action on a dossier is: its moves, and everything that has to be there for each of them.

What the domain knows of it is an argument without default, so that no action can be written without it. What other
layers hold, such as the function that performs it and its letter, is asked for by the test that makes every move over
its pages (`tests/web/instruction/test_actions.py`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.domain.agent_forms.form import Form, FormContext
from app.domain.agent_forms.words import Words
from app.domain.dossiers.decisions import Outcome
from app.domain.dossiers.states import ForbiddenTransition, Role, State, Transition
from app.domain.journeys.journey import Step
from app.domain.texts.notices import NoticeKind

Moves = Mapping[Role, Mapping[State, State]]  # by who makes them: from which state to which


def into(target: State, origins: Iterable[State]) -> dict[State, State]:
    """Return moves from several states to one."""
    return dict.fromkeys(sorted(origins), target)


def staying(states: Iterable[State]) -> dict[State, State]:
    """Return moves that are told and counted, and leave a dossier where it is."""
    return {state: state for state in sorted(states)}


@dataclass(frozen=True, kw_only=True, eq=False)
class Action:
    """Something done to a dossier. Storage and addresses know it by its `key`.

    `history` is what its event says to agents: `%(agent)s` is who acted, `%(target)s`, `%(count)s` and `%(day)s` are
    its facts. `history_from` is the same where a colleague had the dossier, `%(origin)s`.
    """

    key: str
    moves: Moves
    history: str
    history_from: str = ""
    needs_reason: bool = False  # where the law or fairness asks for one
    for_card: bool = False  # only where a card is made
    if_asked: bool = False  # only where the applicant has asked for it
    alone: bool = False  # only while no other application of the same kind is open
    # True: only where extensions issue themselves; False: only where they do not.
    extended: bool | None = None
    held: bool | None = None  # True: only by the agent in charge; False: only by somebody else

    def __str__(self) -> str:
        return self.key

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Every move that it makes."""
        return tuple(
            Transition(self.key, origin, target, role)
            for role, moves in self.moves.items()
            for origin, target in moves.items()
        )

    def transition(self, state: State, *roles: Role) -> Transition:
        """Return the move from a state in one of these roles; ForbiddenTransition where there is none."""
        for role in roles:
            if target := self.moves.get(role, {}).get(state):
                return Transition(self.key, state, target, role)
        raise ForbiddenTransition(self.key, state)

    def is_possible(self, state: State, roles: Collection[Role]) -> bool:
        """Whether the table has a move from a state in one of these roles."""
        return any(state in self.moves.get(role, {}) for role in roles)


@dataclass(frozen=True, kw_only=True, eq=False)
class AgentAction(Action):
    """An action of the agents' side: it has a button, a page with a form, and mostly tells the applicant.

    `notice` is None where the applicant is not told, or where something else that it causes tells them.
    """

    words: Words
    form: Form
    notice: NoticeKind | None
    outcome: Outcome | None = None  # the decision that it is, with its letter
    reassigns: bool = False  # it changes who is in charge of the dossier, and nothing else

    def step(self, context: FormContext) -> Step:
        """Return its form as a page, without questions where nothing is asked."""
        return Step(self.key, self.words.title, self.words.sentence, self.form.questions(context))


@dataclass(frozen=True)
class TransitionConditions:
    """What an action may depend on beside the state and the role."""

    with_card: bool  # a card is made
    wants_time: bool  # the applicant has asked for more time, and nobody has answered
    alone: bool  # the person has no other open application of the same kind
    held: bool  # who acts is in charge
    extended: bool | None  # whether extensions issue themselves; None where the procedure extends nothing

    def allow(self, action: Action) -> bool:
        """Whether they let an action be done."""
        return (
            (self.with_card or not action.for_card)
            and (self.wants_time or not action.if_asked)
            and (self.alone or not action.alone)
            and action.held in (None, self.held)
            and action.extended in (None, self.extended)
        )

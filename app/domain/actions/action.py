"""Classes of the actions on dossiers: transitions, texts, form, history and notice of each.

What the domain needs of an action is an argument without default, so that none can be forgotten. What other layers add,
such as the function that performs it and its letter, is checked by the test that makes every transition through its
pages (`tests/web/instruction/test_actions.py`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from app.domain.agent_forms.acts import PHOTO_QUESTIONS, PRINTS_QUESTIONS
from app.domain.agent_forms.certificates import IN_FORCE
from app.domain.agent_forms.form import Form, FormContext, SharedForm
from app.domain.agent_forms.words import Words
from app.domain.dossiers.decisions import Outcome
from app.domain.dossiers.states import ForbiddenTransition, Role, State, Transition
from app.domain.journeys.journey import Step
from app.domain.texts.notices import NoticeKind

Moves = Mapping[Role, Mapping[State, State]]  # by role: the target state by state of origin


def into(target: State, origins: Iterable[State]) -> dict[State, State]:
    """Return the transitions from several states to one."""
    return dict.fromkeys(sorted(origins), target)


def staying(states: Iterable[State]) -> dict[State, State]:
    """Return transitions that leave the state unchanged but are recorded as events."""
    return {state: state for state in sorted(states)}


@dataclass(frozen=True)
class WayBack:
    """How an action is undone or corrected: the keys of the actions that do it, or the reason why nothing does."""

    actions: tuple[str, ...] = ()
    none_because: str = ""


def by(*actions: str, none_because: str = "") -> WayBack:
    """Return the way back by other actions; `none_because` tells of the moves that they do not undo."""
    return WayBack(actions, none_because)


def no_way(because: str) -> WayBack:
    """Return the declaration that nothing undoes an action, and why."""
    return WayBack(none_because=because)


@dataclass(frozen=True, kw_only=True, eq=False)
class Action:
    """An action on a dossier; storage and addresses use its `key`.

    `history` is the text of its event for agents, with the placeholders `%(agent)s`, `%(target)s`, `%(count)s`,
    `%(amount)s` and `%(day)s`. `history_from` replaces it if the dossier was that of a colleague, `%(origin)s`,
    `history_alone` if the system made the move.
    """

    key: str
    moves: Moves
    history: str
    way_back: WayBack
    history_from: str = ""
    history_alone: str = ""
    needs_reason: bool = False
    for_card: bool = False  # only if a card is made
    if_asked: bool = False  # only if the applicant has requested it
    if_silent: bool = False  # only while a request waits, and nothing was written about it today
    alone: bool = False  # only while no other application of the same kind is open
    undoes: bool = False  # takes back what another action did: no step of a dossier's ordinary way
    decided: bool = False  # only after an agent's decision
    granted: bool = False  # only after a decision that grants a permit
    uncertified: bool = (
        False  # only while a decision has no certificate in force though the procedure gives one
    )
    first: bool = False  # only in a procedure of a first permit whose certificates extend rights
    held: bool | None = None  # True: only on a dossier kept for a court; False: only on another
    own_step: bool = False  # only by the agent who made the last step, for UNDO_HOURS, and by supervisors
    # True: only if extension certificates are automatic; False: only if they are not.
    extended: bool | None = None
    in_charge: bool | None = None  # True: only by the agent in charge; False: only by another agent

    def __str__(self) -> str:
        return self.key

    @property
    def transitions(self) -> tuple[Transition, ...]:
        """Every transition that the action can make."""
        return tuple(
            Transition(self.key, origin, target, role)
            for role, moves in self.moves.items()
            for origin, target in moves.items()
        )

    def transition(self, state: State, *roles: Role) -> Transition:
        """Return the transition from a state for one of some roles. Raises ForbiddenTransition if there is none."""
        for role in roles:
            if target := self.moves.get(role, {}).get(state):
                return Transition(self.key, state, target, role)
        raise ForbiddenTransition(self.key, state)

    def is_possible(self, state: State, roles: Collection[Role]) -> bool:
        """Return whether there is a transition from a state for one of some roles."""
        return any(state in self.moves.get(role, {}) for role in roles)


@dataclass(frozen=True, kw_only=True, eq=False)
class AgentAction(Action):
    """An action of agents, with a button, a form and, for most, a notice to the applicant.

    `notice` is None if the applicant is not notified, or is notified by something else that the action causes.
    """

    words: Words
    form: Form
    notice: NoticeKind | None
    outcome: Outcome | None = None  # of a decision, which has a letter
    reassigns: bool = False  # changes the agent in charge, and nothing else
    batch: SharedForm | None = None  # asked once for several dossiers; None where each has to be read first
    needs_photo: bool = False  # the e-photo, where one is required, or the agent's reason to go on without it
    needs_prints: bool = (
        False  # fingerprints, where the service takes them first, or the agent's reason likewise
    )
    settles: bool = False  # the agent says what becomes of the certificates in force
    on_answers: bool = False  # is about the answers, so that its link stands beside them

    @property
    def in_bar(self) -> bool:
        """Whether the action has a button in the bar of the dossier's page, and no link elsewhere on it."""
        return not (self.reassigns or self.on_certificates or self.on_answers)

    @property
    def on_certificates(self) -> bool:
        """Whether the action is about certificates, so that its link stands beside them."""
        return self.extended is not None or self.uncertified or self.first

    def step(self, context: FormContext) -> Step:
        """Return the page of the action's form; it has no questions if the form has none."""
        asked = self.form.questions(context)
        if self.needs_photo and context.photo_missing:
            asked = (*asked, *PHOTO_QUESTIONS)
        if self.needs_prints and context.prints_missing:
            asked = (*asked, *PRINTS_QUESTIONS)
        if self.settles and context.certified():
            asked = (*asked, IN_FORCE)
        return Step(self.key, self.words.title, self.words.sentence, asked)


@dataclass(frozen=True)
class TransitionConditions:
    """The facts about a dossier and an agent that an action depends on, beside state and role."""

    with_card: bool  # a card is made
    wants_time: bool  # a request for more time has no answer yet
    silent: bool  # a request for documents waits, and the applicant heard nothing of it today
    alone: bool  # the applicant has no other open application of the same kind
    in_charge: bool  # the agent is in charge
    extended: bool | None  # extension certificates are automatic; None if the procedure has none
    decided: bool  # an agent's decision is in force
    granted: bool  # it grants a permit
    uncertified: bool  # it has no certificate in force though the procedure gives one
    first: bool  # the procedure is of a first permit, and its certificates extend rights
    held: bool  # it is kept for a court
    own_step: bool  # the agent made the last step a short time ago, or is a supervisor

    def allow(self, action: Action) -> bool:
        """Return whether the conditions allow an action."""
        return (
            (self.with_card or not action.for_card)
            and (self.wants_time or not action.if_asked)
            and (self.silent or not action.if_silent)
            and (self.alone or not action.alone)
            and (self.decided or not action.decided)
            and (self.granted or not action.granted)
            and (self.uncertified or not action.uncertified)
            and (self.first or not action.first)
            and action.held in (None, self.held)
            and (self.own_step or not action.own_step)
            and action.in_charge in (None, self.in_charge)
            and action.extended in (None, self.extended)
        )

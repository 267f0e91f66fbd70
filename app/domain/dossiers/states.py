"""The life of a dossier: one table gives the buttons, the rights, the timeline and the tests."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_


class State(StrEnum):
    """Inner states."""

    DRAFT = "draft"
    FILED = "filed"
    IN_REVIEW = "in_review"
    COMPLEMENT_REQUESTED = "complement_requested"
    COMPLEMENT_RECEIVED = "complement_received"
    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    CLOSED = "closed"  # by an agent, without a decision on the request itself
    IN_PRODUCTION = "in_production"  # the card is being made
    CARD_AVAILABLE = "card_available"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"  # by the applicant, before a decision


class PublicState(StrEnum):
    """The four states that an applicant sees."""

    FILED = "depot"
    IN_REVIEW = "instruction"
    DECIDED = "decision"
    AVAILABLE = "disponible"


class Role(StrEnum):
    """Who acts."""

    APPLICANT = "applicant"
    AGENT = "agent"
    SUPERVISOR = "supervisor"  # of a service: what an agent does, and more, see domain.ranks
    SYSTEM = "system"


PUBLIC: dict[State, PublicState] = {
    State.FILED: PublicState.FILED,
    State.IN_REVIEW: PublicState.IN_REVIEW,
    State.COMPLEMENT_REQUESTED: PublicState.IN_REVIEW,
    State.COMPLEMENT_RECEIVED: PublicState.IN_REVIEW,
    State.FAVOURABLE: PublicState.DECIDED,
    State.UNFAVOURABLE: PublicState.DECIDED,
    State.CLOSED: PublicState.DECIDED,
    State.WITHDRAWN: PublicState.DECIDED,
    State.IN_PRODUCTION: PublicState.DECIDED,
    State.CARD_AVAILABLE: PublicState.AVAILABLE,
    State.HANDED_OVER: PublicState.AVAILABLE,
}

# The words of the service itself, as its users know them.
PUBLIC_TITLES: dict[PublicState, str] = {
    PublicState.FILED: N_("Dépôt de la demande"),
    PublicState.IN_REVIEW: N_("Instruction en cours"),
    PublicState.DECIDED: N_("Décision prise"),
    PublicState.AVAILABLE: N_("Titre de séjour disponible"),
}

STATE_TITLES: dict[State, str] = {
    State.DRAFT: N_("Brouillon"),
    State.FILED: N_("Déposé"),
    State.IN_REVIEW: N_("En instruction"),
    State.COMPLEMENT_REQUESTED: N_("Document demandé"),
    State.COMPLEMENT_RECEIVED: N_("Complément reçu"),
    State.FAVOURABLE: N_("Décision favorable"),
    State.UNFAVOURABLE: N_("Décision défavorable"),
    State.CLOSED: N_("Clos"),
    State.IN_PRODUCTION: N_("En fabrication"),
    State.CARD_AVAILABLE: N_("Titre disponible"),
    State.HANDED_OVER: N_("Titre remis"),
    State.WITHDRAWN: N_("Retiré par l’usager"),
}

# What an agent says of extension certificates, against the rule that follows from the day of filing (R.431-15-1).
GRANTED, WITHHELD = "granted", "withheld"

UNDER_REVIEW = frozenset({State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED})
OPEN = UNDER_REVIEW | {State.FILED}

# What changes who is in charge of a dossier, and nothing else.
HANDS = frozenset({"assign", "pass_on", "claim"})


@dataclass(frozen=True)
class Transition:
    """A move from one state to another, by one role; a reason is asked where the law or fairness asks it."""

    action: str
    origin: State
    target: State
    role: Role
    needs_reason: bool = False
    for_card: bool = False  # only where a card is made
    if_asked: bool = False  # only where the applicant has asked for it
    alone: bool = False  # only while no other application of the same kind is open
    extended: bool | None = (
        None  # True: only where extensions issue themselves; False: only where they do not
    )
    held: bool | None = None  # True: only by whom is in charge; False: only by somebody else

    @property
    def hands(self) -> bool:
        """Whether it only changes who is in charge."""
        return self.action in HANDS


TRANSITIONS: tuple[Transition, ...] = (
    Transition("submit", State.DRAFT, State.FILED, Role.APPLICANT),
    Transition(
        "approve", State.FILED, State.FAVOURABLE, Role.SYSTEM
    ),  # what is granted as soon as it is filed
    Transition("take", State.FILED, State.IN_REVIEW, Role.AGENT),
    Transition("ask", State.IN_REVIEW, State.COMPLEMENT_REQUESTED, Role.AGENT, needs_reason=True),
    Transition("ask", State.COMPLEMENT_RECEIVED, State.COMPLEMENT_REQUESTED, Role.AGENT, needs_reason=True),
    Transition("ask_time", State.COMPLEMENT_REQUESTED, State.COMPLEMENT_REQUESTED, Role.APPLICANT, True),
    Transition(
        "answer_time", State.COMPLEMENT_REQUESTED, State.COMPLEMENT_REQUESTED, Role.AGENT, if_asked=True
    ),
    Transition("answer", State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED, Role.APPLICANT),
    *(Transition("correct", one, one, Role.APPLICANT) for one in sorted(OPEN)),
    *(Transition("add", one, one, Role.APPLICANT) for one in sorted(OPEN - {State.COMPLEMENT_REQUESTED})),
    *(Transition("withdraw", one, State.WITHDRAWN, Role.APPLICANT) for one in sorted(OPEN)),
    Transition("approve", State.IN_REVIEW, State.FAVOURABLE, Role.AGENT),
    Transition("approve", State.COMPLEMENT_RECEIVED, State.FAVOURABLE, Role.AGENT),
    Transition("refuse", State.IN_REVIEW, State.UNFAVOURABLE, Role.AGENT, needs_reason=True),
    Transition("refuse", State.COMPLEMENT_RECEIVED, State.UNFAVOURABLE, Role.AGENT, needs_reason=True),
    *(Transition("close", one, State.CLOSED, Role.AGENT, needs_reason=True) for one in sorted(UNDER_REVIEW)),
    *(Transition("withhold", one, one, Role.AGENT, True, extended=True) for one in sorted(UNDER_REVIEW)),
    *(Transition("cover", one, one, Role.AGENT, extended=False) for one in sorted(UNDER_REVIEW)),
    Transition("produce", State.FAVOURABLE, State.IN_PRODUCTION, Role.AGENT, for_card=True),
    *(Transition("assign", one, one, Role.SUPERVISOR) for one in sorted(OPEN)),
    *(Transition("pass_on", one, one, Role.AGENT, held=True) for one in sorted(OPEN)),
    *(Transition("claim", one, one, Role.AGENT, held=False) for one in sorted(UNDER_REVIEW)),
    Transition("announce", State.FAVOURABLE, State.CARD_AVAILABLE, Role.AGENT, for_card=True),
    Transition("announce", State.IN_PRODUCTION, State.CARD_AVAILABLE, Role.AGENT, for_card=True),
    Transition("hand_over", State.CARD_AVAILABLE, State.HANDED_OVER, Role.AGENT),
    Transition("collect", State.CARD_AVAILABLE, State.HANDED_OVER, Role.APPLICANT),
    # Whoever closes can open again; a decision, or the applicant's own word, is for a supervisor to come back on.
    Transition("reopen", State.CLOSED, State.IN_REVIEW, Role.AGENT, alone=True),
    Transition("reopen", State.UNFAVOURABLE, State.IN_REVIEW, Role.SUPERVISOR, alone=True),
    Transition("reopen", State.WITHDRAWN, State.IN_REVIEW, Role.SUPERVISOR, alone=True),
)


@dataclass(frozen=True)
class TransitionConditions:
    """What a move may depend on beside the state and the role; each field answers the one of its name above."""

    with_card: bool  # a card is made
    wants_time: bool  # the applicant has asked for more time, and nobody has answered
    alone: bool  # the person has no other open application of the same kind
    held: bool  # who acts is in charge
    extended: bool | None  # whether extensions issue themselves; None where the procedure extends nothing

    def allow(self, move: Transition) -> bool:
        """Whether they let a move be made."""
        return (
            (self.with_card or not move.for_card)
            and (self.wants_time or not move.if_asked)
            and (self.alone or not move.alone)
            and move.held in (None, self.held)
            and move.extended in (None, self.extended)
        )


def extends(in_time: bool, word: str) -> bool:
    """Whether extension certificates issue themselves: filed in time, unless an agent said otherwise."""
    return word == GRANTED or (in_time and word != WITHHELD)


_TABLE = {(t.action, t.origin, t.role): t for t in TRANSITIONS}


class ForbiddenTransition(Exception):
    """The act is not possible in this state, or not for this role."""

    def __init__(self, action: str, state: State) -> None:
        super().__init__(f"cannot {action} a dossier that is {state}")
        self.action, self.state = action, state


def transition(action: str, state: State, *roles: Role) -> Transition:
    """The move that an act makes in one of these roles; ForbiddenTransition where the table has none."""
    for role in roles:
        if found := _TABLE.get((action, state, role)):
            return found
    raise ForbiddenTransition(action, state)


def actions(state: State, *roles: Role) -> tuple[Transition, ...]:
    """What somebody in these roles can do now, in the order of the table."""
    return tuple(t for t in TRANSITIONS if t.origin is state and t.role in roles)

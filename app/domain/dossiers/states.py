"""States of a dossier, for agents and for applicants; domain.actions declares the transitions between them."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_


class State(StrEnum):
    """The states of a dossier."""

    DRAFT = "draft"
    FILED = "filed"
    IN_REVIEW = "in_review"
    COMPLEMENT_REQUESTED = "complement_requested"
    COMPLEMENT_RECEIVED = "complement_received"
    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    CLOSED = "closed"  # by an agent, without a decision on the merits
    IN_PRODUCTION = "in_production"  # the card is being made
    CARD_AVAILABLE = "card_available"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"  # by the applicant, before a decision


class PublicState(StrEnum):
    """The states that an applicant sees."""

    FILED = "depot"
    IN_REVIEW = "instruction"
    DECIDED = "decision"
    AVAILABLE = "disponible"


class Role(StrEnum):
    """The roles in which actions are made."""

    APPLICANT = "applicant"
    AGENT = "agent"
    SUPERVISOR = "supervisor"  # of a service; supervisors have the role of agents too, see dossiers.ranks
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

# The names of the existing national service, which applicants know.
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

# An agent's decision on extension certificates, against the rule of CESEDA R.431-15-1.
GRANTED, WITHHELD = "granted", "withheld"

UNDER_REVIEW = frozenset({State.IN_REVIEW, State.COMPLEMENT_REQUESTED, State.COMPLEMENT_RECEIVED})
OPEN = UNDER_REVIEW | {State.FILED}
# Decided in favour, the card not handed over yet: the certificate of the decision is in force.
GRANTED_STATES = frozenset({State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE})

# Nothing has to follow; FAVOURABLE where the procedure makes no card.
ENDED = frozenset({State.HANDED_OVER, State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN, State.FAVOURABLE})


@dataclass(frozen=True)
class Transition:
    """A transition from a state to another by a role; `action` is the key of its action, see domain.actions."""

    action: str
    origin: State
    target: State
    role: Role


def extends(in_time: bool, decision: str) -> bool:
    """Return whether extension certificates are automatic: if filed in time, unless an agent decided otherwise."""
    return decision == GRANTED or (in_time and decision != WITHHELD)


class ForbiddenTransition(Exception):
    """Raised for an action that is not possible in the state or for the role."""

    def __init__(self, action: str, state: State) -> None:
        super().__init__(f"cannot {action} a dossier that is {state}")
        self.action, self.state = action, state

"""The first step of a visa holder: a permit to ask for, or the visa to validate."""

from dataclasses import dataclass
from typing import Any

from app.domain.dossiers.states import State
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import open_to, purpose_of
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL, VALIDATION
from app.domain.text import N_


@dataclass(frozen=True)
class Beginning:
    """The first step of a visa holder: msgids, and the procedures that the visa opens.

    `again`: nothing was filed, or what was filed ended without a permit; `awaits_number`: the visa is validated, and the
    register has not given the number yet.
    """

    allowed: Delay
    title: str
    sentence: str  # with %(allowed)s
    journeys: tuple[Journey, ...]
    again: bool
    awaits_number: bool


_WITHOUT_PERMIT = frozenset({State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN})
_BEGINNINGS = {
    Purpose.FIRST: (
        ARRIVAL.allowed,
        N_("Votre première demande"),
        N_(
            "Vous échangez votre visa contre un titre de séjour : déposez la demande dans les %(allowed)s qui "
            "suivent votre arrivée."
        ),
    ),
    Purpose.VALIDATION: (
        VALIDATION.allowed,
        N_("Validez votre visa"),
        N_(
            "Votre visa vaut titre de séjour une fois validé, dans les %(allowed)s qui suivent votre arrivée. "
            "Vous recevez alors votre numéro étranger."
        ),
    ),
}


def beginning(identity: dict[str, Any], state: str | None) -> Beginning | None:
    """Return the first step of a visa holder with a dossier in a state, None for the holder of a permit."""
    purpose = purpose_of(identity)
    texts = _BEGINNINGS.get(purpose)
    if texts is None:
        return None
    awaits_number = purpose is Purpose.VALIDATION and state == State.FAVOURABLE
    return Beginning(
        *texts, open_to(identity, purpose), state is None or state in _WITHOUT_PERMIT, awaits_number
    )

"""The first step of a visa holder: a permit to ask for, or the visa to validate."""

from dataclasses import dataclass
from typing import Any

from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import open_to, purpose_of
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import ARRIVAL, VALIDATION
from app.domain.text import N_


@dataclass(frozen=True)
class Beginning:
    """The first step of a visa holder: msgids, and the procedures that the visa opens."""

    allowed: Delay
    title: str
    sentence: str  # with %(allowed)s
    journeys: tuple[Journey, ...]


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


def beginning(identity: dict[str, Any]) -> Beginning | None:
    """Return the first step of a visa holder, None for the holder of a permit."""
    purpose = purpose_of(identity)
    texts = _BEGINNINGS.get(purpose)
    return Beginning(*texts, open_to(identity, purpose)) if texts else None

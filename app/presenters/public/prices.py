"""Fees as people read them: operation, amount, since when, amount before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.journeys.journey import Journey
from app.domain.journeys.variants import prices
from app.domain.rules.fees import FEES, Operation
from app.domain.text import N_

OPERATIONS = {
    Operation.FIRST: N_("Première carte de séjour"),
    Operation.RENEWAL: N_("Renouvellement"),
    Operation.VALIDATION: N_("Validation d’un visa VLS-TS"),
    Operation.DUPLICATE: N_("Duplicata : titre perdu, volé ou abîmé"),
    Operation.ADDRESS_CARD: N_("Nouvelle carte après un changement d’adresse"),
}


@dataclass(frozen=True)
class Price:
    """A fee in cents in force from `since`, and the one before; without `since`, nothing is paid."""

    operation: str
    reduced: bool
    cents: int
    since: date | None = None
    before: int | None = None


def price(operation: Operation | None, reduced: bool, day: date) -> Price:
    """Return the fee of an operation on a day."""
    if operation is None:
        return Price("", False, 0)
    series = FEES[operation, reduced]
    return Price(OPERATIONS[operation], reduced, series.on(day), series.begun(day), series.before(day))


def of_journey(journey: Journey, day: date) -> list[Price]:
    """Return every fee that a procedure may cost."""
    return [price(operation, reduced, day) for operation, reduced in prices(journey, day)]


def table(day: date) -> Sequence[tuple[str, Price, Price]]:
    """Return each operation with its full and its reduced fee."""
    return [
        (title, price(operation, False, day), price(operation, True, day))
        for operation, title in OPERATIONS.items()
    ]

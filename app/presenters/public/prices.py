"""Amounts as people read them: for whom, how much, since when, how much before."""

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
    """An amount in cents in force from a day, and the one it replaced; no `since` where nothing is paid."""

    operation: str
    reduced: bool
    cents: int
    since: date | None = None
    before: int | None = None


def price(operation: Operation | None, reduced: bool, day: date) -> Price:
    """What is paid for an operation on a day."""
    if operation is None:
        return Price("", False, 0)
    series = FEES[operation, reduced]
    return Price(OPERATIONS[operation], reduced, series.on(day), series.begun(day), series.before(day))


def of_journey(journey: Journey, day: date) -> list[Price]:
    """Every amount that a procedure may cost."""
    return [price(operation, reduced, day) for operation, reduced in prices(journey, day)]


def table(day: date) -> Sequence[tuple[str, Price, Price]]:
    """Each operation with its full and its reduced rate."""
    return [(words, price(one, False, day), price(one, True, day)) for one, words in OPERATIONS.items()]

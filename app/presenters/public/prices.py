"""Fees as people read them: operation, amount, since when, amount before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from flask_babel import gettext as _

from app.domain.journeys.journey import Journey
from app.domain.journeys.variants import charges
from app.domain.rules.deadlines import Answers, Identity
from app.domain.rules.fees import FEES, RESERVATIONS, Operation, Rate
from app.domain.rules.parameters import DISPUTED_REDUCED_RENEWAL
from app.domain.text import N_
from app.web.localisation import formats

OPERATIONS = {
    Operation.FIRST: N_("Première carte de séjour"),
    Operation.RENEWAL: N_("Renouvellement"),
    Operation.VALIDATION: N_("Validation d’un visa VLS-TS"),
    Operation.DUPLICATE: N_("Duplicata : titre perdu, volé ou abîmé, qui expire dans 90 jours ou plus"),
    Operation.ADDRESS_CARD: N_("Nouvelle carte après un changement d’adresse"),
}

RATES = {
    Rate.REDUCED: N_("tarif réduit, pour un motif « étudiant »"),
    Rate.STAMP_ONLY: N_("droit de timbre seul, sans la taxe"),
}


@dataclass(frozen=True)
class Price:
    """A fee in cents in force from `since`, and the one before; without `since`, nothing is paid.

    `when` is the condition, "" if a procedure has no other price.
    """

    operation: str
    rate: Rate
    cents: int
    since: date | None = None
    before: int | None = None
    when: str = ""

    @property
    def rate_title(self) -> str:
        """Words for a rate that is not the normal one, "" for that."""
        return RATES.get(self.rate, "")


def price(operation: Operation | None, rate: Rate, day: date, when: str = "") -> Price:
    """Return the fee of an operation on a day."""
    if operation is None:
        return Price("", rate, 0, when=when)
    series = FEES[operation, rate]
    return Price(OPERATIONS[operation], rate, series.on(day), series.begun(day), series.before(day), when)


def of_journey(
    journey: Journey, day: date, permit: Identity | None = None, known: Answers = MappingProxyType({})
) -> list[Price]:
    """Return every fee that a procedure may cost, to the holder of a permit and with the answers that are known."""
    return [price(due.operation, due.rate, day, due.when) for due in charges(journey, day, permit, known)]


def in_words(due: Sequence[Price], language: str) -> str:
    """Return fees on one line, each with its condition where there are several."""
    amounts = (formats.euros(fee.cents, language) if fee.since else _("rien") for fee in due)
    if len(due) == 1:
        return f"{next(amounts)}."
    return " ".join(
        f"{amount}. {_(fee.when)}" if fee.when else f"{amount}."
        for amount, fee in zip(amounts, due, strict=True)
    )


def reservation(operation: Operation | None, rate: Rate, language: str) -> str:
    """Return what is not certain of a fee, "" if it is certain."""
    sentence = RESERVATIONS.get((operation, rate)) if operation else None
    return _(sentence, other=formats.euros(DISPUTED_REDUCED_RENEWAL, language)) if sentence else ""


def table(day: date, language: str) -> Sequence[tuple[str, Price, Price, str]]:
    """Return each operation with its full and its reduced fee, and what is not certain of them."""
    return [
        (
            title,
            price(operation, Rate.NORMAL, day),
            price(operation, Rate.REDUCED, day),
            reservation(operation, Rate.REDUCED, language),
        )
        for operation, title in OPERATIONS.items()
    ]

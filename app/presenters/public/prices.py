"""Fees as people read them: operation, amount, since when, amount before."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.domain.journeys.journey import Journey
from app.domain.journeys.variants import charges
from app.domain.rules.deadlines import Answers, Identity
from app.domain.rules.fees import FEES, Operation, Rate, Reservation, reservations
from app.domain.rules.permits import KINDS
from app.domain.text import N_
from app.web.localisation import formats
from app.web.localisation.language import gettext as _

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

    `when` is the condition, "" if a procedure has no other price; `reserved` is what is not certain of it.
    """

    operation: str
    rate: Rate
    cents: int
    since: date | None = None
    before: int | None = None
    when: str = ""
    reserved: tuple[Reservation, ...] = ()

    @property
    def rate_title(self) -> str:
        """Words for a rate that is not the normal one, "" for that."""
        return RATES.get(self.rate, "")


def price(
    operation: Operation | None, rate: Rate, day: date, when: str = "", kinds: Collection[str] = ()
) -> Price:
    """Return the fee of an operation on a day, for the holder of a permit of one of some kinds."""
    if operation is None:
        return Price("", rate, 0, when=when)
    series = FEES[operation, rate]
    reserved = reservations(operation, rate, day, kinds)
    known = series.on(day), series.begun(day), series.before(day)
    return Price(OPERATIONS[operation], rate, *known, when, reserved)


def of_journey(
    journey: Journey, day: date, permit: Identity | None = None, known: Answers = MappingProxyType({})
) -> list[Price]:
    """Return every fee that a procedure may cost, to the holder of a permit and with the answers that are known."""
    kinds = {permit["permit_kind"]} if permit is not None else journey.holders
    return [
        price(due.operation, due.rate, day, due.when, kinds) for due in charges(journey, day, permit, known)
    ]


def in_words(due: Sequence[Price], language: str) -> str:
    """Return fees on one line, each with its condition where there are several, and what is not certain of it."""
    return " ".join(_in_words(fee, len(due) > 1, language) for fee in due)


def _in_words(fee: Price, several: bool, language: str) -> str:
    amount = formats.euros(fee.cents, language) if fee.since else _("rien")
    condition = [_(fee.when)] if several and fee.when else []
    return " ".join((f"{amount}.", *condition, *in_doubt(fee.reserved, language)))


def in_doubt(reserved: Iterable[Reservation], language: str) -> list[str]:
    """Return what is not certain of a fee, in sentences."""
    return [_(doubt.sentence, other=formats.euros(doubt.other, language)) for doubt in reserved]


def table(day: date, language: str) -> Sequence[tuple[str, Price, Price, list[str]]]:
    """Return each operation with its full and its reduced fee, and what is not certain of them."""
    return [
        (
            title,
            price(operation, Rate.NORMAL, day),
            price(operation, Rate.REDUCED, day),
            in_doubt(reservations(operation, Rate.REDUCED, day, KINDS), language),
        )
        for operation, title in OPERATIONS.items()
    ]

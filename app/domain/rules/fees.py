"""Taxes and stamp duty of permits, by date of entry into force (CESEDA L.436-1 to L.436-7). Amounts in cents.

Sources: loi de finances 2026, art. 128, in force 01/05/2026: three secondary sources agree, its text was not read.
Two points are to be confirmed, and said so where the amount is told (`reservations`): the reduced renewal (100 €), which
a fourth source gives as 150 €; and the rate of the first card after a VLS-TS, which pays as a renewal here since the
visa paid the tax of a first title (L.436-1, last paragraph).

Rates (L.436-1, text of 01/01/2022): see Rate. No procedure of today is for a title of the third one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.rules import visas
from app.domain.rules.deadlines import Identity
from app.domain.rules.parameters import DISPUTED_REDUCED_RENEWAL, LATE_FILING_FEE, Dated
from app.domain.text import N_


class Operation(StrEnum):
    """The operations that are paid for."""

    FIRST = "first"
    RENEWAL = "renewal"
    DUPLICATE = "duplicate"
    ADDRESS_CARD = "address_card"  # a new card for a new address
    VALIDATION = "validation"  # of a visa that counts as a permit


class Rate(StrEnum):
    """The rates of the tax (L.436-1); the stamp duty (L.436-7) comes with each.

    Reduced: L.421-34, L.422-1 to -6, -10 to -12, -14, L.423-14 and -15, L.426-5 to -7, -22 and -23. Stamp duty only:
    L.426-8 and -9; and for the first title L.423-22, L.424-1, -3, -9, -11, -18, -19, L.425-9, L.426-2.
    """

    NORMAL = "normal"
    REDUCED = "reduced"
    STAMP_ONLY = "stamp only"


# The stamp duty alone, in cents.
STAMP_DUTY = Dated(((date(2020, 1, 1), 2_500), (date(2026, 5, 1), 5_000)))
# By operation and rate: tax and stamp duty together, in cents.
FEES: dict[tuple[Operation, Rate], Dated[int]] = {
    (Operation.FIRST, Rate.NORMAL): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 35_000))),
    (Operation.FIRST, Rate.REDUCED): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 15_000))),
    (Operation.DUPLICATE, Rate.NORMAL): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 35_000))),
    (Operation.DUPLICATE, Rate.REDUCED): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 15_000))),
    (Operation.ADDRESS_CARD, Rate.NORMAL): STAMP_DUTY,
    (Operation.ADDRESS_CARD, Rate.REDUCED): STAMP_DUTY,
    (Operation.VALIDATION, Rate.NORMAL): Dated(((date(2020, 1, 1), 20_000), (date(2026, 5, 1), 30_000))),
    (Operation.VALIDATION, Rate.REDUCED): Dated(((date(2020, 1, 1), 5_000), (date(2026, 5, 1), 10_000))),
    (Operation.RENEWAL, Rate.NORMAL): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 25_000))),
    (Operation.RENEWAL, Rate.REDUCED): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 10_000))),
    **{
        (operation, Rate.STAMP_ONLY): STAMP_DUTY
        for operation in Operation
        if operation != Operation.VALIDATION
    },
    (Operation.VALIDATION, Rate.STAMP_ONLY): Dated(((date(2020, 1, 1), 0),)),  # a visa pays no stamp duty
}


# What is not certain of a fee, with %(other)s, the amount that it would be instead.
ANOTHER_SOURCE = N_("À confirmer : une source donne %(other)s.")
AFTER_A_VISA = N_(
    "À confirmer, pour la première carte après un visa VLS-TS : si elle se paie comme une première carte, c’est "
    "%(other)s."
)


@dataclass(frozen=True)
class Reservation:
    """What is not certain of a fee: a msgid with %(other)s, and that other amount in cents."""

    sentence: str
    other: int


def amount(operation: Operation | None, rate: Rate, day: date) -> int:
    """Return the tax and stamp duty of an operation, in cents, without what filing late costs more."""
    return FEES[operation, rate].on(day) if operation else 0


def reservations(
    operation: Operation | None, rate: Rate, day: date, kinds: Collection[str]
) -> tuple[Reservation, ...]:
    """Return what is not certain of a fee, for the holder of a permit of one of these kinds; none if it is certain."""
    if operation is not Operation.RENEWAL:
        return ()
    found = []
    if rate is Rate.REDUCED:
        found.append(Reservation(ANOTHER_SOURCE, DISPUTED_REDUCED_RENEWAL.on(day)))
    if "VLS-TS" in kinds:
        found.append(Reservation(AFTER_A_VISA, amount(Operation.FIRST, rate, day)))
    return tuple(found)


def late_fee(identity: Identity, filed_on: date, day: date) -> int:
    """Return what filing late costs more (visa de régularisation, CESEDA L.436-5), in cents at the rates of `day`.

    Nothing if a visa is still valid on the day of filing; the other exception, force majeure, is for an agent to judge.
    """
    return 0 if visas.running(identity, filed_on) else LATE_FILING_FEE.on(day)

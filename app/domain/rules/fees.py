"""Taxes and stamp duty of permits, by date of entry into force (CESEDA L.436-1 to L.436-7). Amounts in cents.

Sources: loi de finances 2026, art. 128, in force 01/05/2026: three secondary sources agree, its text was not read.
Two points are to be confirmed, and said so where the amount is told (RESERVATIONS): the reduced renewal (100 €), which a
fourth source gives as 150 €; and the rate of the first card after a VLS-TS, which pays as a renewal here since the visa
paid the tax of a first title (L.436-1, last paragraph).

Reduced rates (L.436-1): L.421-34, L.422-1 to -6, -10 to -12, -14, L.423-14 and -15, L.426-5 to -7, -22 and -23. Not
needed by the procedures of today: titles without tax (L.426-8, -9), and first titles that pay the stamp duty only
(L.423-22, L.424-1, -3, -9, -11, -18, -19, L.425-9, L.426-2).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from app.domain.rules import visas
from app.domain.rules.deadlines import Identity
from app.domain.rules.parameters import LATE_FILING_FEE, Dated
from app.domain.text import N_


class Operation(StrEnum):
    """The operations that are paid for."""

    FIRST = "first"
    RENEWAL = "renewal"
    DUPLICATE = "duplicate"
    ADDRESS_CARD = "address_card"  # a new card for a new address
    VALIDATION = "validation"  # of a visa that counts as a permit


# By operation and whether the rate is reduced: tax and stamp duty together, in cents.
FEES: dict[tuple[Operation, bool], Dated[int]] = {
    (Operation.FIRST, False): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 35_000))),
    (Operation.FIRST, True): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 15_000))),
    (Operation.DUPLICATE, False): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 35_000))),
    (Operation.DUPLICATE, True): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 15_000))),
    (Operation.ADDRESS_CARD, False): Dated(((date(2020, 1, 1), 2_500), (date(2026, 5, 1), 5_000))),
    (Operation.ADDRESS_CARD, True): Dated(((date(2020, 1, 1), 2_500), (date(2026, 5, 1), 5_000))),
    (Operation.VALIDATION, False): Dated(((date(2020, 1, 1), 20_000), (date(2026, 5, 1), 30_000))),
    (Operation.VALIDATION, True): Dated(((date(2020, 1, 1), 5_000), (date(2026, 5, 1), 10_000))),
    (Operation.RENEWAL, False): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 25_000))),
    (Operation.RENEWAL, True): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 10_000))),
}


# What is not certain of a fee, with %(other)s, the amount that another source gives.
RESERVATIONS: Mapping[Operation, str] = {
    Operation.RENEWAL: N_(
        "À confirmer : une source donne %(other)s au tarif réduit, et la loi ne dit pas clairement si la première carte "
        "après un VLS-TS est un renouvellement."
    ),
}


def amount(operation: Operation | None, reduced: bool, day: date) -> int:
    """Return the tax and stamp duty of an operation, in cents, without what filing late costs more."""
    return FEES[operation, reduced].on(day) if operation else 0


def late_fee(identity: Identity, filed_on: date, day: date) -> int:
    """Return what filing late costs more (visa de régularisation, CESEDA L.436-5), in cents at the rates of `day`.

    Nothing if a visa is still valid on the day of filing; the other exception, force majeure, is for an agent to judge.
    """
    return 0 if visas.running(identity, filed_on) else LATE_FILING_FEE.on(day)

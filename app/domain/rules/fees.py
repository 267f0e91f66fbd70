"""Taxes and stamp duty of permits, by date of entry into force (CESEDA L.436-1 to L.436-7). Amounts in cents.

Sources: loi de finances 2026, art. 128, in force 01/05/2026, through secondary sources; the reduced renewal
(100 €) is contradicted by one of them (150 €): to be confirmed.
"""

from datetime import date
from enum import StrEnum

from app.domain.rules.parameters import LATE_FILING_FEE, Dated


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


def amount(operation: Operation | None, reduced: bool, late: bool, day: date) -> int:
    """Return the amount of the e-stamp, in cents; `late` adds the visa de régularisation (CESEDA L.436-5)."""
    base = FEES[operation, reduced].on(day) if operation else 0
    return base + (LATE_FILING_FEE.on(day) if late else 0)

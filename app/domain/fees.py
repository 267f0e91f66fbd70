"""Taxes and stamp duty: one dated table (CESEDA L.436-1 to L.436-7). Amounts in cents.

Sources: loi de finances 2026, art. 128, in force 01/05/2026, through secondary sources; the reduced renewal
(100 €) is contradicted by one of them (150 €): to be confirmed.
"""

from datetime import date
from enum import StrEnum

from app.domain.calendar import Timing
from app.domain.parameters import LATE_FILING_FEE, Dated


class Operation(StrEnum):
    """What is paid for."""

    FIRST = "first"
    RENEWAL = "renewal"


# (operation, reduced rate) → tax and stamp duty together
FEES: dict[tuple[Operation, bool], Dated[int]] = {
    (Operation.FIRST, False): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 35_000))),
    (Operation.FIRST, True): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 15_000))),
    (Operation.RENEWAL, False): Dated(((date(2020, 1, 1), 22_500), (date(2026, 5, 1), 25_000))),
    (Operation.RENEWAL, True): Dated(((date(2020, 1, 1), 7_500), (date(2026, 5, 1), 10_000))),
}


def amount(operation: Operation, reduced: bool, timing: Timing, day: date) -> int:
    """What is paid by e-stamp when the card is handed over, in cents."""
    late = LATE_FILING_FEE.on(day) if timing is Timing.LATE else 0
    return FEES[operation, reduced].on(day) + late

"""A renewal that was not filed in time: told first in the space, with the days that are left and what lateness costs."""

from dataclasses import dataclass
from datetime import date

from app.domain.rules.calendar import Timing, filing_window
from app.domain.rules.deadlines import Identity
from app.domain.rules.fees import late_fee


@dataclass(frozen=True)
class LateFiling:
    """What a late person reads: days left of the permit (negative once it has expired), dates, amount in cents."""

    days: int
    ends: date
    closes: date
    last: date  # day to file online
    amount: int  # 0 while a visa is valid
    too_late: bool  # for a renewal online


def late_filing(identity: Identity, ends: date, today: date) -> LateFiling | None:
    """Return what a person without application reads after the window, None before its end."""
    window = filing_window(ends)
    timing = window.timing(today)
    if timing not in (Timing.LATE, Timing.TOO_LATE):
        return None
    return LateFiling(
        (ends - today).days,
        ends,
        window.closes,
        window.admissible_until,
        late_fee(identity, today, today),
        timing is Timing.TOO_LATE,
    )

"""Statistics of a service's dossiers: percentiles by nearest rank, periods, age classes, weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PERIODS = (30, 90, 365)  # days, today included
USUAL_PERIOD = 90
AGES = (30, 90, 120)  # days since the filing at which the next age class begins
WEEKS = 12
FEWEST_DECIDED = (
    10  # with fewer decisions a delay is not shown: it would be chance, or tell about one applicant
)
MOST_ROWS = 10_000  # of an exported list

Histogram = Mapping[int, int]  # number of dossiers by duration in days


def nearest_rank(durations: Histogram, percent: int) -> int:
    """Return the smallest duration, in days, that at least `percent` per cent of the dossiers did not exceed.

    The nearest-rank method does not interpolate: the result is a duration that occurred. Raises ValueError for an
    empty histogram.

    >>> nearest_rank({10: 1, 20: 1, 30: 1, 40: 1}, 50)
    20
    """
    rank = -(-sum(durations.values()) * percent // 100)
    counted = 0
    for days in sorted(durations):
        counted += durations[days]
        if counted >= rank:
            return days
    raise ValueError("no dossier")


@dataclass(frozen=True)
class Delay:
    """The middle half of the delays, in days: half of the `size` dossiers took from `low` to `high`."""

    size: int
    low: int
    high: int


def middle_half(durations: Histogram) -> Delay:
    """Return the first and third quartile of the durations. Raises ValueError for an empty histogram."""
    size = sum(durations.values())
    return Delay(size, nearest_rank(durations, 25), nearest_rank(durations, 75))


def first_day(today: date, days: int) -> date:
    """Return the first day of a period of `days` days that ends today."""
    return today - timedelta(days=days - 1)


def weeks(today: date) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of WEEKS weeks, the first from today on; weeks end on Sundays."""
    sunday = today + timedelta(days=6 - today.weekday())
    later = ((sunday + timedelta(days=7 * n - 6), sunday + timedelta(days=7 * n)) for n in range(1, WEEKS))
    return (today, sunday), *later

"""How figures are counted: percentiles that are days somebody really waited, periods, ages, weeks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

PERIODS = (30, 90, 365)  # days, today included
USUAL_PERIOD = 90
AGES = (30, 90, 120)  # days since the filing at which the next class of age begins
WEEKS = 12
FEWEST_DECIDED = 10  # under which a delay says more of chance, or of one person, than of a service
MOST_ROWS = 10_000  # of an exported list

Histogram = Mapping[int, int]  # how many dossiers took so many days


def nearest_rank(durations: Histogram, percent: int) -> int:
    """The smallest duration that at least so many per cent of the dossiers did not exceed.

    The nearest-rank method: nothing is interpolated, so that the answer is a duration that happened. Raises
    ValueError without any dossier.

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
    """What most people waited, in days: half of the dossiers took from `low` to `high`."""

    size: int
    low: int
    high: int


def middle_half(durations: Histogram) -> Delay:
    """From the first quartile to the third. Raises ValueError without any dossier."""
    size = sum(durations.values())
    return Delay(size, nearest_rank(durations, 25), nearest_rank(durations, 75))


def first_day(today: date, days: int) -> date:
    """The first day of a period of so many days that ends today."""
    return today - timedelta(days=days - 1)


def weeks(today: date) -> tuple[tuple[date, date], ...]:
    """First and last day of this week, from today on, and of those that follow it; they end on Sundays."""
    sunday = today + timedelta(days=6 - today.weekday())
    later = ((sunday + timedelta(days=7 * n - 6), sunday + timedelta(days=7 * n)) for n in range(1, WEEKS))
    return (today, sunday), *later

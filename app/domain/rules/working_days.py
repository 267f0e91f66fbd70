"""Working days as the labour code counts them (jours ouvrables): Monday to Saturday, without public holidays.

Those of the whole country only (L.3133-1): Alsace-Moselle and the overseas départements have more, to be confirmed by
the operator. With one of theirs in between, the time counted here is a day shorter than theirs.
"""

from datetime import date, timedelta
from functools import cache

_SUNDAY = 6
# Month and day of the holidays that do not move.
_FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Easter Monday, Ascension and Whit Monday, in days after Easter Sunday.
_AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar.

    >>> easter(2027)
    datetime.date(2027, 3, 28)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, left = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * left + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Return the eleven public holidays of a year."""
    fixed = (date(year, month, day) for month, day in _FIXED)
    return frozenset((*fixed, *(easter(year) + timedelta(days=days) for days in _AFTER_EASTER)))


def is_working_day(day: date) -> bool:
    """Return whether a day is neither a Sunday nor a public holiday."""
    return day.weekday() != _SUNDAY and day not in public_holidays(day.year)


def after_working_days(day: date, count: int) -> date:
    """Return the last of so many working days after a day, which does not count itself.

    >>> after_working_days(date(2026, 12, 24), 2)  # a Thursday: Friday is Christmas, then a Saturday and a Sunday
    datetime.date(2026, 12, 28)
    """
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day

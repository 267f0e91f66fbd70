"""Working days as the labour code counts them (jours ouvrables): Monday to Saturday, without public holidays.

Alsace-Moselle and the overseas départements and collectivities have holidays of their own beside those of the country.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from app.domain.rules.parameters import Dated

_SUNDAY = 6


@dataclass(frozen=True)
class Holidays:
    """Public holidays: month and day of those that do not move, the others in days after Easter Sunday."""

    fixed: tuple[tuple[int, int], ...]
    after_easter: tuple[int, ...] = ()

    def of(self, year: int) -> frozenset[date]:
        """Return them in a year."""
        moving = (easter(year) + timedelta(days=days) for days in self.after_easter)
        return frozenset((*(date(year, month, day) for month, day in self.fixed), *moving))


# Those of the whole country (L.3133-1); the moving ones are Easter Monday, Ascension and Whit Monday.
_NATIONAL = Holidays(
    ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)), after_easter=(1, 39, 50)
)
# L.3134-13: 26 December, and Good Friday in communes with a Protestant or a shared church, as the cities of the three
# prefectures have one; it is counted in the whole département.
_ALSACE_MOSELLE = Holidays(((12, 26),), after_easter=(-2,))
# By département or collectivity. The days on which the abolition of slavery is commemorated: L.3422-2, read in its
# version of 21/05/2019; Saint-Barthélemy (9 October) is served by the prefecture of Saint-Martin, whose day counts.
LOCAL_HOLIDAYS: Dated[Mapping[str, Holidays]] = Dated(
    (
        (
            date(2019, 5, 21),
            {
                "57": _ALSACE_MOSELLE,
                "67": _ALSACE_MOSELLE,
                "68": _ALSACE_MOSELLE,
                "971": Holidays(((5, 27),)),
                "972": Holidays(((5, 22),)),
                "973": Holidays(((6, 10),)),
                "974": Holidays(((12, 20),)),
                "976": Holidays(((4, 27),)),
                "978": Holidays(((5, 27),)),
            },
        ),
    )
)


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
def public_holidays(year: int, department: str = "") -> frozenset[date]:
    """Return the eleven public holidays of a year, with those of a département."""
    local = LOCAL_HOLIDAYS.on(date(year, 1, 1)).get(department)
    return _NATIONAL.of(year) | (local.of(year) if local else frozenset())


def is_working_day(day: date, department: str = "") -> bool:
    """Return whether a day is neither a Sunday nor a public holiday of the country or of a département."""
    return day.weekday() != _SUNDAY and day not in public_holidays(day.year, department)


def after_working_days(day: date, count: int, department: str = "") -> date:
    """Return the last of so many working days after a day, which does not count itself.

    >>> after_working_days(date(2026, 12, 24), 2)  # a Thursday: Friday is Christmas, then a Saturday and a Sunday
    datetime.date(2026, 12, 28)
    >>> after_working_days(date(2026, 12, 24), 2, "67")
    datetime.date(2026, 12, 29)
    """
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, department)
    return day

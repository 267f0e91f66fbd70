"""Dates, instants and amounts formatted in French and English for printed documents.

Not taken from a locale library, whose data change: a document printed again next year must have the same text.
"""

from datetime import date, datetime

from app.domain.rules.births import BirthDate
from app.domain.rules.calendar import PARIS, Unit

_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
_ENGLISH = "January February March April May June July August September October November December".split()


def day_fr(day: date) -> str:
    """Format a date in French: `1er février 2027`."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}\u00a0{_FRENCH[day.month - 1]}\u00a0{day.year}"


def day_en(day: date) -> str:
    """Format a date in English: `1 February 2027`."""
    return f"{day.day}\u00a0{_ENGLISH[day.month - 1]}\u00a0{day.year}"


def birth_fr(birth: BirthDate) -> str:
    """14 mars 2002, mai 1980, or 1980: what is known."""
    if birth.day:
        return day_fr(birth.earliest)
    return f"{_FRENCH[birth.month - 1]}\u00a0{birth.year}" if birth.month else str(birth.year)


def birth_en(birth: BirthDate) -> str:
    """14 March 2002, May 1980, or 1980: what is known."""
    if birth.day:
        return day_en(birth.earliest)
    return f"{_ENGLISH[birth.month - 1]}\u00a0{birth.year}" if birth.month else str(birth.year)


def euros_fr(cents: int) -> str:
    """Format an amount in cents: `100 €`, `120,50 €`."""
    whole, rest = divmod(cents, 100)
    return f"{whole},{rest:02d}\u00a0€" if rest else f"{whole}\u00a0€"


_UNITS = {
    Unit.HOUR: ("heure", "heures"),
    Unit.DAY: ("jour", "jours"),
    Unit.MONTH: ("mois", "mois"),
    Unit.YEAR: ("an", "ans"),
}


def span_fr(count: int, unit: Unit) -> str:
    """Format a length of time in French: `2 mois`."""
    return f"{count} {_UNITS[unit][count > 1]}"


def moment_fr(moment: datetime) -> str:
    """Format an instant in French, Paris time: `1er février 2027 à 10 h 04`."""
    local = moment.astimezone(PARIS)
    return f"{day_fr(local)} à {hour_fr(local)}"


def hour_fr(local: datetime) -> str:
    """Format the hour of an instant in its own zone, in French: `10 h 04`."""
    return f"{local.hour}\u00a0h\u00a0{local.minute:02}"


def moment_en(moment: datetime) -> str:
    """Format an instant in English, Paris time: `1 February 2027 at 10:04`."""
    local = moment.astimezone(PARIS)
    return f"{day_en(local)} at {local.hour}:{local.minute:02}"

"""Template filters for dates, amounts and sizes in each language.

Babel parses its pattern at each call; these only read its names of months and days, once.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache

from babel import Locale
from flask_babel import ngettext

from app.domain.rules import names
from app.domain.rules.births import BirthDate, born
from app.domain.rules.calendar import PARIS, Delay
from app.domain.rules.deadlines import Identity

NBSP = "\u00a0"
NARROW = "\u202f"


@cache
def _months(language: str) -> tuple[str, ...]:
    names = Locale(language).months["format"]["wide"]
    return tuple(names[number] for number in range(1, 13))


@cache
def _days(language: str) -> tuple[str, ...]:
    names = Locale(language).days["format"]["wide"]
    return tuple(names[number] for number in range(7))


def day(value: date, language: str) -> str:
    """Format a date: `1er février 2027`, `1 February 2027`."""
    number = "1er" if language == "fr" and value.day == 1 else str(value.day)
    return f"{number}{NBSP}{_months(language)[value.month - 1]}{NBSP}{value.year}"


def birth(value: BirthDate, language: str) -> str:
    """Format a date of birth as far as it is known: `14 mars 2002`, `mai 1980`, `1980`."""
    if value.day:
        return day(value.earliest, language)
    return f"{_months(language)[value.month - 1]}{NBSP}{value.year}" if value.month else str(value.year)


def birth_year(identity: Identity, language: str) -> str:
    """Format the year of birth, which distinguishes people of the same name in a list: `1980`."""
    return str(born(identity).year)


def person(identity: Identity, language: str) -> str:
    """Return the full name of a person in the permit register, surname first: `Nguyễn Thị Ánh`."""
    return names.surname_first(identity)


def weekday(value: date, language: str) -> str:
    """Format a date with its day of the week: `dimanche 31 janvier 2027`."""
    return f"{_days(language)[value.weekday()]} {day(value, language)}"


def short_day(value: date, language: str) -> str:
    """Format a date as `31/01/2027` in every language, as French documents print it."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def moment(value: datetime, language: str) -> str:
    """Format an instant in Paris time: `12 octobre 2026 à 14 h 31`, `12 October 2026 at 14:31`."""
    local = value.astimezone(PARIS)
    if language == "fr":
        return f"{day(local, language)} à {local.hour}{NBSP}h{NBSP}{local.minute:02d}"
    return f"{day(local, language)} at {local.hour:02d}:{local.minute:02d}"


def iso(value: date | datetime, language: str) -> str:
    """Format a date or an instant (UTC, to the minute) in ISO 8601, for a `datetime` attribute."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    return value.isoformat()


def number(value: int, language: str) -> str:
    """Format a whole number with its thousands apart: `1 234`, `1,234`."""
    return f"{value:,}".replace(",", NARROW) if language == "fr" else f"{value:,}"


def euros(cents: int, language: str) -> str:
    """Format cents as euros: `877,50 €`, `€877.50`; whole euros have no decimals."""
    whole, part = divmod(cents, 100)
    if language == "fr":
        return f"{number(whole, language)}{f',{part:02d}' if part else ''}{NBSP}€"
    return f"€{number(whole, language)}{f'.{part:02d}' if part else ''}"


def file_size(size: int, language: str) -> str:
    """Format a size in bytes: `184 Ko`, `1,4 Mo`; `184 KB`, `1.4 MB`."""
    unit = "o" if language == "fr" else "B"
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}{'K'}{unit}"
    text = f"{size / 1_000_000:.1f}".removesuffix(".0")
    return f"{text.replace('.', ',') if language == 'fr' else text}{NBSP}M{unit}"


def grouped(digits: str, language: str) -> str:
    """Format a foreign-national number in groups: `9920 000 137`."""
    return f"{digits[:-6]}{NBSP}{digits[-6:-3]}{NBSP}{digits[-3:]}" if digits.isdigit() else digits


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "birth_year": birth_year,
    "person": person,
    "weekday": weekday,
    "short_day": short_day,
    "moment": moment,
    "iso": iso,
    "number": number,
    "euros": euros,
    "file_size": file_size,
    "grouped": grouped,
}


def delay(value: Delay) -> str:
    """Format a time limit of the law: « 90 jours », « 4 mois »."""
    if value.months:
        return ngettext("%(num)s mois", "%(num)s mois", value.months)
    return ngettext("%(num)s jour", "%(num)s jours", value.days)

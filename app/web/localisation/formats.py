"""Template filters for dates, amounts and sizes in each language: French as papers print it, others as CLDR has them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, lru_cache

from babel import dates, numbers, units
from markupsafe import Markup

from app.domain import wording
from app.domain.journeys.questions import TYPED, Question
from app.domain.rules import names
from app.domain.rules.births import BirthDate, born
from app.domain.rules.calendar import PARIS, Delay, Unit
from app.domain.rules.deadlines import Identity
from app.domain.rules.identifiers import group_foreign_number
from app.languages import SOURCE, language_of
from app.web.localisation.language import sentences

NBSP = "\u00a0"
# « year », abbreviated after the figures in some languages: its full stop would double that of a sentence.
_YEAR = re.compile(r"\W+[^\W\d]{1,2}\.$")
LEFT_TO_RIGHT, END_OF_ISOLATE = "\u2066", "\u2069"  # around a number that begins with a sign
# Of an application, and of the receipt of a hiring.
_REFERENCE = re.compile(r"\b(\d{2}-\d{4}-\d{6}-\d|E-\d{4}-\d{6})\b")
UNKNOWN = ""  # the language of words that somebody typed, as HTML says that nobody knows it


@lru_cache(maxsize=8192)
def day(value: date, language: str) -> str:
    """Format a date: `1er février 2027`, `1 February 2027`."""
    if language_of(language).of_source:
        return wording.day_fr(value)
    text = dates.format_date(value, "long", language_of(language).locale)
    return _YEAR.sub("", text).replace(" ", NBSP)


def birth(value: BirthDate, language: str) -> str:
    """Format a date of birth as far as it is known: `14 mars 2002`, `mai 1980`, `1980`."""
    if value.day:
        return day(value.earliest, language)
    if not value.month:
        return str(value.year)
    locale = language_of(language).locale
    return dates.format_skeleton("yMMMM", value.earliest, locale=locale).replace(" ", NBSP)


def birth_year(identity: Identity, language: str) -> str:
    """Format the year of birth, which distinguishes people of the same name in a list: `1980`."""
    return str(born(identity).year)


def person(identity: Identity, language: str) -> str:
    """Return the full name of a person in the permit register, surname first: `Nguyễn Thị Ánh`."""
    return names.surname_first(identity)


@lru_cache(maxsize=8192)
def weekday(value: date, language: str) -> str:
    """Format a date with its day of the week: `dimanche 31 janvier 2027`."""
    name = dates.format_date(value, "EEEE", language_of(language).locale)
    return _weekday_pattern(language).format(name, day(value, language))


@cache
def _weekday_pattern(language: str) -> str:
    """Return how a language joins the name of a day and a date: `{} {}`, `{}، {}`, `{1}{0}`."""
    locale = language_of(language).locale
    pattern = dates.format_date(date(2027, 1, 31), "full", locale)
    name = dates.format_date(date(2027, 1, 31), "EEEE", locale)
    before, _name, after = pattern.partition(name)
    if before.strip():
        return "{1}" + before[len(before.rstrip()) :] + "{0}"
    return "{0}" + after[: len(after) - len(after.lstrip(" ,،"))] + "{1}"


def short_day(value: date, language: str) -> str:
    """Format a date as `31/01/2027` in every language, as French documents print it."""
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


@lru_cache(maxsize=8192)
def moment(value: datetime, language: str) -> str:
    """Format an instant in Paris time: `12 octobre 2026 à 14 h 31`, `12 October 2026 at 14:31`."""
    if language_of(language).of_source:
        return wording.moment_fr(value)
    local = value.astimezone(PARIS)
    pattern = language_of(language).locale.datetime_formats["long"].replace("'", "")
    return pattern.format(f"{local:%H:%M}", day(local.date(), language))


def hour(value: datetime, language: str) -> str:
    """Format the hour of an instant in Paris time: `14 h 31`, `14:31`."""
    local = value.astimezone(PARIS)
    if language_of(language).of_source:
        return wording.hour_fr(local)
    return f"{local:%H:%M}"


def iso(value: date | datetime, language: str) -> str:
    """Format a date or an instant (UTC, to the minute) in ISO 8601, for a `datetime` attribute."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="minutes").replace("+00:00", "Z")
    return value.isoformat()


@lru_cache(maxsize=8192)
def number(value: int, language: str) -> str:
    """Format a whole number with its thousands apart: `1 234`, `1,234`."""
    return numbers.format_decimal(value, locale=language_of(language).locale)


@lru_cache(maxsize=1024)
def euros(cents: int, language: str) -> str:
    """Format cents as euros: `877,50 €`, `€877.50`; whole euros have no decimals."""
    locale = language_of(language).locale
    pattern = locale.currency_formats["standard"].pattern
    shown = pattern if cents % 100 else pattern.replace(".00", "")
    amount = numbers.format_currency(Decimal(cents) / 100, "EUR", shown, locale, currency_digits=False)
    return amount.replace("EUR", "€")  # some locales have no symbol of their own for it


@lru_cache(maxsize=1024)
def file_size(size: int, language: str) -> str:
    """Format a size in bytes: `184 ko`, `1,4 Mo`; `184 kB`, `1.4 MB`."""
    kilo, mega = "digital-kilobyte", "digital-megabyte"
    value, unit = (max(1, round(size / 1000)), kilo) if size < 1_000_000 else (round(size / 1e6, 1), mega)
    locale = language_of(language).locale
    return units.format_unit(value, unit, "short", locale=locale).replace(" ", NBSP)


def grouped(digits: str, language: str) -> str:
    """Format a foreign-national number in groups: `9920 000 137`."""
    return group_foreign_number(digits)


def telephone(number: str, language: str = SOURCE) -> str:
    """Format a telephone number so that it is neither broken nor reversed in text of any direction."""
    whole = number.replace(
        " ", NBSP
    )  # which joins digits in Unicode's order of directions, as a space does not
    return f"{LEFT_TO_RIGHT}{whole}{END_OF_ISOLATE}" if whole.startswith("+") else whole


def said(words: str, spoken: str = SOURCE, *, language: str) -> Markup:
    """Isolate words that a person wrote (bdi), and name their language where the page has another one (WCAG 3.1.2).

    Screen readers would else read them in the page's. `spoken` is that of the writer's account, UNKNOWN where nothing
    says in which language they wrote; services write French.
    """
    if spoken == language:
        return Markup("<bdi>{}</bdi>").format(words)
    return Markup('<bdi lang="{}">{}</bdi>').format(language_of(spoken).tag, words)


def answered(words: str, question: Question, *, language: str) -> Markup:
    """Return an answer as its page shows it: what the person typed is theirs, a choice is in the page's language."""
    if question.options:
        return said(words, language, language=language)
    if question.kind in TYPED:
        return Markup('<bdi lang="{}" translate="no">{}</bdi>').format(UNKNOWN, words)
    return Markup('<bdi translate="no">{}</bdi>').format(words)


def unbroken(words: str, language: str = SOURCE) -> Markup:
    """Mark the references of applications and receipts in a title, so that none is broken between two lines."""
    return Markup("").join(
        Markup('<span class="nowrap">{}</span>').format(part) if place % 2 else part
        for place, part in enumerate(_REFERENCE.split(words))
    )


def other_language(code: str, language: str) -> str:
    """Return the name of the language in which a person reads the service: `ukrainien`; "" for French."""
    read = language_of(code)
    if read.of_source:
        return ""
    return read.locale.get_language_name(language_of(language).locale) or read.name


def span(count: int, unit: Unit, language: str) -> str:
    """Format a length of time: « 90 jours », « 4 mois »."""
    words = sentences(language)
    if unit is Unit.HOUR:
        text = words.ngettext("%(num)s heure", "%(num)s heures", count)
    elif unit is Unit.DAY:
        text = words.ngettext("%(num)s jour", "%(num)s jours", count)
    elif unit is Unit.MONTH:
        text = words.ngettext("%(num)s mois", "%(num)s mois", count)
    else:
        text = words.ngettext("%(num)s an", "%(num)s ans", count)
    return text % {"num": count}


def delay(value: Delay, language: str) -> str:
    """Format a time limit of the law, which is in months or in days."""
    return span(value.months, Unit.MONTH, language) if value.months else span(value.days, Unit.DAY, language)


def plain(words: str) -> str:
    """Return such words for a text without markup."""
    return words.striptags() if isinstance(words, Markup) else words


MARKING = frozenset({"said", "answered", "unbroken"})  # those that return markup
FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "birth_year": birth_year,
    "person": person,
    "weekday": weekday,
    "short_day": short_day,
    "moment": moment,
    "hour": hour,
    "iso": iso,
    "number": number,
    "euros": euros,
    "file_size": file_size,
    "grouped": grouped,
    "telephone": telephone,
    "said": said,
    "other_language": other_language,
    "answered": answered,
    "unbroken": unbroken,
    "delay": delay,
}

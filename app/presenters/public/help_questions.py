"""Questions and answers in the reader's language, with the figures of the day, ready to be shown or searched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.domain import help as answers
from app.domain.help.entry import Entry, Link, Said, Source
from app.domain.help.search import Index, Text
from app.domain.procedures.student import ANSWER
from app.domain.rules import parameters
from app.domain.rules.uploads import LIMITS
from app.settings import Settings
from app.web import formats
from app.web.current import settings, today
from app.web.language import language

Figures = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A question in a list: its key, its words, the beginning of its answer."""

    key: str
    question: str
    begins: str


@dataclass(frozen=True)
class Reading:
    """A question as its page shows it."""

    key: str
    question: str
    answer: tuple[Said, ...]
    links: tuple[tuple[str, str, bool], ...]  # address, words, whether it is another site
    related: tuple[Line, ...]
    checked_on: date
    sources: tuple[Source, ...]


def figures(day: date, code: str, chosen: Settings) -> Figures:
    """What sentences are completed with: amounts and delays in force that day."""
    values: dict[str, Any] = {
        "phone": chosen.contact_phone,
        "late_fee": formats.euros(parameters.LATE_FILING_FEE.on(day), code),
        "opens_days": parameters.WINDOW_OPENS_DAYS,
        "closes_days": parameters.WINDOW_CLOSES_DAYS,
        "late_months": parameters.LATE_MONTHS,
        "extension_months": parameters.EXTENSION_MONTHS,
        "complement_days": parameters.COMPLEMENT_DAYS,
        "ephoto_months": parameters.EPHOTO_MONTHS,
        "ephoto_hours": parameters.EPHOTO_ARRIVAL_HOURS,
        "answer_days": ANSWER.days,
        "max_size": formats.file_size(LIMITS.max_bytes, code),
    }
    return tuple((name, str(value)) for name, value in values.items())


def reading(entry: Entry) -> Reading:
    """The whole question."""
    known = _figures()
    related = [answers.entry(key) for key in entry.related]
    return Reading(
        entry.key,
        _words(entry.question, known),
        _answer(entry, known),
        tuple((_address(link), _(link.words), bool(link.url)) for link in entry.links),
        tuple(_line(one, known) for one in related if one),
        entry.checked_on,
        entry.sources,
    )


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Questions for a list."""
    known = _figures()
    return [_line(one, known) for one in entries]


def found(query: str) -> list[Line]:
    """The questions that answer what was typed, the most relevant first."""
    keys = _index(language(), _figures()).search(query)
    return lines(one for key in keys if (one := answers.entry(key)))


def _figures() -> Figures:
    return figures(today(), language(), settings())


@lru_cache(maxsize=8)
def _index(code: str, known: Figures) -> Index:
    """Made once a language and a day; `code` is the language of the request that asks."""
    return Index([_text(one, known) for one in answers.ENTRIES])


def _text(entry: Entry, known: Figures) -> Text:
    said = [words for one in _answer(entry, known) for words in (one.text, *map(str, one.items))]
    words = _(entry.words) if entry.words else ""
    return Text(entry.key, _words(entry.question, known), words, " ".join((*said, _(entry.theme.title))))


def _answer(entry: Entry, known: Figures) -> tuple[Said, ...]:
    return tuple(
        Said(_words(one.text, known), tuple(_words(str(item), known) for item in one.items))
        for one in entry.said()
    )


def _line(entry: Entry, known: Figures) -> Line:
    first = _answer(entry, known)[0]
    return Line(entry.key, _words(entry.question, known), " ".join((first.text, *map(str, first.items[:1]))))


def _words(message: str, known: Figures) -> str:
    return str(_(message)) % dict(known)


def _address(link: Link) -> str:
    return link.url or url_for(link.endpoint, **link.values)

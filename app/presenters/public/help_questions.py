"""Help questions and answers in the page's language, with the day's figures, to show or to search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for

from app.domain import help as answers
from app.domain.help.council import Order
from app.domain.help.entry import Entry, Link, Paragraph, Source
from app.domain.help.search import Index, Text
from app.domain.procedures.student import ANSWER
from app.domain.rules import parameters
from app.domain.rules.fees import FEES, Operation, Rate
from app.domain.rules.territories import limits_end
from app.domain.rules.uploads import LIMITS
from app.presenters.law_words import spans
from app.reference.prefectures import prefecture_of
from app.settings import Settings
from app.web.current import settings, today
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language

Figures = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A question in a list: its key, its text, the beginning of its answer."""

    key: str
    question: str
    begins: str


@dataclass(frozen=True)
class QuestionView:
    """A question with its answer and sources, as its page shows them."""

    key: str
    question: str
    answer: tuple[Paragraph, ...]
    links: tuple[tuple[str, str, bool], ...]  # URL, text, whether it leads to another site
    related: tuple[Line, ...]
    checked_on: date
    sources: tuple[Source, ...]


def figures(day: date, code: str, settings: Settings) -> Figures:
    """Return the amounts and delays in force on a day, by name, to fill into sentences."""
    values: dict[str, Any] = {
        "phone": formats.telephone(settings.contact_phone),
        "late_fee": formats.euros(parameters.LATE_FILING_FEE.on(day), code),
        "opens_days": parameters.WINDOW_OPENS_DAYS,
        "closes_days": parameters.WINDOW_CLOSES_DAYS,
        "late_months": parameters.LATE_MONTHS,
        "hiring_days": parameters.HIRING_WORKING_DAYS.on(day),
        "extension_months": parameters.EXTENSION_MONTHS,
        "complement_days": parameters.COMPLEMENT_DAYS,
        "duplicate_days": parameters.DUPLICATE_DAYS,
        "duplicate_fee": formats.euros(FEES[Operation.DUPLICATE, Rate.NORMAL].on(day), code),
        "duplicate_fee_reduced": formats.euros(FEES[Operation.DUPLICATE, Rate.REDUCED].on(day), code),
        "ephoto_months": parameters.EPHOTO_MONTHS,
        "ephoto_hours": parameters.EPHOTO_ARRIVAL_HOURS,
        "answer_days": ANSWER.days,
        **spans(day, code),
        "barred": ", ".join(_names(parameters.REFUSAL_BARS.on(day))),
        "limits_end": formats.day(limits_end(), code),
        "max_size": formats.file_size(LIMITS.max_bytes, code),
    }
    return tuple((name, str(value)) for name, value in values.items())


def _names(departments: Iterable[str]) -> Iterator[str]:
    return (found.name for code in sorted(departments) if (found := prefecture_of(code)))


@dataclass(frozen=True)
class OrderView:
    """An order of the Conseil d'État: msgids, and its links in the page's language."""

    asked: str
    here: tuple[str, ...]
    limit: str
    links: tuple[tuple[str, str, bool], ...]


def order_view(order: Order) -> OrderView:
    """Return an order with the addresses of its links."""
    links = tuple((_address(link), _(link.words), bool(link.url)) for link in order.links)
    return OrderView(order.asked, order.here, order.limit, links)


def question_view(entry: Entry) -> QuestionView:
    """Return a question with its answer."""
    known = _figures()
    related = [answers.entry(key) for key in entry.related]
    return QuestionView(
        entry.key,
        _filled_in(entry.question, known),
        _answer(entry, known),
        tuple((_address(link), _(link.words), bool(link.url)) for link in entry.links),
        tuple(_line(other, known) for other in related if other),
        entry.checked_on,
        entry.sources,
    )


def lines(entries: Iterable[Entry]) -> list[Line]:
    """Return questions for a list."""
    known = _figures()
    return [_line(entry, known) for entry in entries]


def found(query: str) -> list[Line]:
    """Return the questions that match a search, most relevant first."""
    keys = _index(language(), _figures()).search(query)
    return lines(entry for key in keys if (entry := answers.entry(key)))


def _figures() -> Figures:
    return figures(today(), language(), settings())


@lru_cache(maxsize=8)
def _index(code: str, known: Figures) -> Index:
    """Return the search index, built once a language and day; `code` is the language of the request."""
    return Index([_text(entry, known) for entry in answers.ENTRIES])


def _text(entry: Entry, known: Figures) -> Text:
    answer = [text for part in _answer(entry, known) for text in (part.text, *map(str, part.items))]
    words = _(entry.words) if entry.words else ""
    return Text(
        entry.key, _filled_in(entry.question, known), words, " ".join((*answer, _(entry.theme.title)))
    )


def _answer(entry: Entry, known: Figures) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            _filled_in(paragraph.text, known), tuple(_filled_in(str(item), known) for item in paragraph.items)
        )
        for paragraph in entry.paragraphs()
    )


def _line(entry: Entry, known: Figures) -> Line:
    first = _answer(entry, known)[0]
    return Line(
        entry.key, _filled_in(entry.question, known), " ".join((first.text, *map(str, first.items[:1])))
    )


def _filled_in(message: str, known: Figures) -> str:
    return str(_(message)) % dict(known)


def _address(link: Link) -> str:
    return link.url or url_for(link.endpoint, **link.values)

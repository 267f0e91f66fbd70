"""The periods of `domain.rules.retention` as the page on personal data shows them."""

from collections.abc import Iterator
from datetime import date

from app.domain.rules.retention import PERIODS, Kept, Span
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


def rows(today: date) -> Iterator[tuple[str, str]]:
    """Yield what is kept, and the sentence that says how long."""
    for period in PERIODS.values():
        named = {"span": _spoken(period.span.on(today))} if period.span else {}
        yield _(period.what), _sentence(_(period.since, **named))


def undo_span(today: date) -> str:
    """Return how long one can keep after all an account that is to be deleted."""
    return _of(Kept.CLOSED_ACCOUNT, today)


def kept_span(today: date) -> str:
    """Return how long a submitted application is kept after the end of the permit."""
    return _of(Kept.DOSSIER, today)


def receipt_span(today: date) -> str:
    """Return how long a check that an employer asked for is kept."""
    return _of(Kept.HIRING, today)


def _of(kind: Kept, today: date) -> str:
    span = PERIODS[kind].span
    assert span is not None
    return _spoken(span.on(today))


def _spoken(span: Span) -> str:
    """Return a length of time in words."""
    return formats.span(span.count, span.unit, language())


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

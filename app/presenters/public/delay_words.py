"""Published delays as text: a range of days and a number of dossiers, without a promise."""

from datetime import date
from functools import lru_cache

from babel.support import NullTranslations

from app.domain.dossiers.figures import FEWEST_DECIDED, USUAL_PERIOD
from app.storage.models import DelayFigure
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language, ngettext, translations


def enough(figure: DelayFigure | None) -> bool:
    """Return whether there were enough decisions to publish a delay."""
    return figure is not None and figure.size >= FEWEST_DECIDED


def half(figure: DelayFigure) -> str:
    """Return the range that half of the dossiers took: « une demande sur deux a pris 34 à 78 jours »."""
    return _half(figure.low, figure.high)


def _half(low: int, high: int) -> str:
    span = str(low)
    if high > low:
        span = _("%(low)s à %(high)s", low=low, high=high)
    return ngettext(
        "une demande sur deux a pris %(span)s jour",
        "une demande sur deux a pris %(span)s jours",
        high,
        span=span,
    )


def sentence(figure: DelayFigure | None) -> str:
    """Return the sentence about delays shown to waiting applicants."""
    if figure is None or not enough(figure):
        return _("Ce service n’a pas pris assez de décisions récentes pour donner un délai.")
    return _told(translations(), language(), figure.size, figure.low, figure.high, figure.counted_on)


@lru_cache(
    maxsize=2_000
)  # of a service and a procedure, it is the same for everybody until they are counted again
def _told(words: NullTranslations, code: str, size: int, low: int, high: int, counted_on: date) -> str:
    """Return the sentence of a delay. `words`, the catalogue in use, is the key of the cache only."""
    return _(
        "Demandes de ce type décidées par ce service ces %(days)s derniers jours : %(half)s (%(size)s "
        "demandes, comptées le %(day)s). Ce n’est pas une promesse.",
        days=USUAL_PERIOD,
        half=_half(low, high),
        size=formats.number(size, code),
        day=formats.day(counted_on, code),
    )

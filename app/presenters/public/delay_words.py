"""Published delays as text: a range of days and a number of dossiers, without a promise."""

from flask_babel import gettext as _
from flask_babel import ngettext

from app.domain.dossiers.figures import FEWEST_DECIDED, USUAL_PERIOD
from app.storage.models import DelayFigure
from app.web.localisation import formats
from app.web.localisation.language import language


def enough(figure: DelayFigure | None) -> bool:
    """Return whether there were enough decisions to publish a delay."""
    return figure is not None and figure.size >= FEWEST_DECIDED


def half(figure: DelayFigure) -> str:
    """Return the range that half of the dossiers took: « une demande sur deux a pris 34 à 78 jours »."""
    span = str(figure.low)
    if figure.high > figure.low:
        span = _("%(low)s à %(high)s", low=figure.low, high=figure.high)
    return ngettext(
        "une demande sur deux a pris %(span)s jour",
        "une demande sur deux a pris %(span)s jours",
        figure.high,
        span=span,
    )


def sentence(figure: DelayFigure | None) -> str:
    """Return the sentence about delays shown to waiting applicants."""
    if figure is None or not enough(figure):
        return _("Ce service n’a pas pris assez de décisions récentes pour donner un délai.")
    return _(
        "Demandes de ce type décidées par ce service ces %(days)s derniers jours : %(half)s (%(size)s "
        "demandes, comptées le %(day)s). Ce n’est pas une promesse.",
        days=USUAL_PERIOD,
        half=half(figure),
        size=formats.number(figure.size, language()),
        day=formats.day(figure.counted_on, language()),
    )

"""The dates of a renewal for a calendar file, in the page's language."""

from datetime import date, timedelta

from flask_babel import gettext as _

from app.domain.rules.calendar import filing_window
from app.presenters.applicants.calendars import Entry
from app.web import formats
from app.web.language import language


def entries(ends: date) -> tuple[Entry, ...]:
    """Return the first and last day to file and the end of the permit."""
    window = filing_window(ends)
    opens, closes = (formats.day(day, language()) for day in (window.opens, window.closes))
    return (
        Entry(
            "opens",
            window.opens,
            _("Titre de séjour : je peux déposer mon renouvellement"),
            _("Le dépôt est ouvert du %(first)s au %(last)s inclus.", first=opens, last=closes),
            timedelta(),
        ),
        Entry(
            "closes",
            window.closes,
            _("Titre de séjour : dernier jour pour déposer à temps"),
            _("Après ce jour, il faut payer plus et l’attestation de prolongation n’est pas automatique."),
            timedelta(days=7),
        ),
        Entry(
            "end",
            ends,
            _("Fin de mon titre de séjour"),
            _("C’est le dernier jour de validité du titre. Tout est dans votre espace."),
            timedelta(days=7),
        ),
    )

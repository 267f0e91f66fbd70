"""The dates of a renewal for a calendar file, before it is filed and after, in the page's language."""

from datetime import date, timedelta

from app.domain.rules.calendar import filing_window
from app.presenters.applicants.calendars import Entry
from app.presenters.standing_view import StandingView
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


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
        _end_of_permit(ends),
    )


def _end_of_permit(ends: date) -> Entry:
    return Entry(
        "end",
        ends,
        _("Fin de mon titre de séjour"),
        _("C’est le dernier jour de validité du titre. Tout est dans votre espace."),
        timedelta(days=7),
    )


def entries_once_filed(view: StandingView) -> tuple[Entry, ...]:
    """Return the end of the permit, that of a certificate that follows it, and the legal answer date."""
    stand = view.stand
    found = [_end_of_permit(stand.facts.permit_end)]
    if stand.held_until and stand.held_until > stand.facts.permit_end:
        found.append(
            Entry(
                "rights",
                stand.held_until,
                _("Fin de mes droits au séjour"),
                f"{view.held} {view.follows}",
                timedelta(days=7),
            )
        )
    if stand.silence:
        found.append(
            Entry(
                "answer",
                stand.silence.on,
                _("Date légale de réponse à ma demande de titre de séjour"),
                " ".join(view.silence),
                timedelta(days=7),
            )
        )
    return tuple(found)

"""What an applicant's space opens with: its heading, and that there is nothing to do where that is so."""

from dataclasses import dataclass
from datetime import date

from app.domain.dossiers.states import State
from app.presenters import notice_words
from app.presenters.standing_view import StandingView
from app.storage.models import Dossier
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


@dataclass(frozen=True)
class Needed:
    """What the person has to do beside the chosen dossier; `opens` is the day from which a renewal can be filed."""

    late: bool
    due: bool
    other: bool  # a draft to finish, an address that letters do not reach
    opens: date | None


@dataclass(frozen=True)
class Opening:
    """The heading, and a sentence that is empty where the person has something to do."""

    heading: str
    idle: str


def opening(first: Dossier | None, view: StandingView | None, needed: Needed) -> Opening:
    """Return the opening of a space with the dossier that it shows, None where nothing was filed."""
    busy = needed.late or needed.due or needed.other
    return Opening(_heading(first, needed), "" if busy else _idle(view, needed.opens))


def _heading(first: Dossier | None, needed: Needed) -> str:
    if first is not None:
        state = State(first.state)
        # A declaration that makes no card is not « accepted »: it is done.
        done = state is State.FAVOURABLE and not first.with_card
        return _(notice_words.DONE if done else notice_words.HEADINGS[state])
    if needed.late:
        return _("Votre renouvellement est en retard")
    return _("C’est le moment de renouveler") if needed.due else _("Mon espace")


def _idle(view: StandingView | None, opens: date | None) -> str:
    if view:
        return view.idle
    if opens:
        return _("Vous n’avez rien à faire avant le %(day)s.", day=formats.day(opens, language()))
    return ""

"""How appointments stand, in the words of the desk, with the CSS class of their tags."""

from app.domain.dossiers.appointments import Outcome
from app.domain.text import N_

# By status, see presenters.appointments.AppointmentView.
TITLES: dict[str, str] = {
    Outcome.KEPT: N_("venu"),
    Outcome.MISSED: N_("pas venu"),
    Outcome.CANCELLED: N_("annulé"),
    "declined": N_("ne peut pas venir"),
    "unmarked": N_("à noter"),
    "coming": N_("à venir"),
}
TAGS: dict[str, str] = {
    Outcome.KEPT: "ok",
    Outcome.MISSED: "bad",
    Outcome.CANCELLED: "bare",
    "declined": "bad",
    "unmarked": "now",
    "coming": "",
}
# What pages that show appointments need.
WORDS = {"meeting_titles": TITLES, "meeting_tags": TAGS}

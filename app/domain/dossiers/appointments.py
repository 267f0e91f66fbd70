"""Appointments to which a service invites the person of a dossier: purposes, what to bring, outcomes, reminders.

No text says at which moment fingerprints are taken: a service that takes them before production says so in the
operator's file (`fingerprints`).
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.dossiers.states import GRANTED_STATES, OPEN, State
from app.domain.rules.calendar import PARIS, paris_day
from app.domain.rules.parameters import APPOINTMENT_REMINDERS
from app.domain.text import N_


class Purpose(StrEnum):
    """What an appointment is for."""

    FINGERPRINTS = "fingerprints"
    HAND_OVER = "hand_over"  # of the card
    INTERVIEW = "interview"


class Outcome(StrEnum):
    """How an appointment ended."""

    KEPT = "kept"  # the person came
    MISSED = "missed"
    CANCELLED = "cancelled"


class Cause(StrEnum):
    """What cancelled an appointment by itself."""

    MOVED = "moved"  # the dossier went to another service
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    REFUSED = "refused"
    HANDED_OVER = "handed_over"


# Event in the history of a dossier: an agent goes on to production without fingerprints.
PRINTS_WAIVED = "prints_waived"

PURPOSE_TITLES: dict[Purpose, str] = {
    Purpose.FINGERPRINTS: N_("Prise des empreintes"),
    Purpose.HAND_OVER: N_("Remise de la carte"),
    Purpose.INTERVIEW: N_("Entretien"),
}

CAUSES: dict[Cause, str] = {
    Cause.MOVED: N_("Votre demande passe à un autre service : il vous invitera si c’est utile."),
    Cause.WITHDRAWN: N_("Vous avez retiré votre demande."),
    Cause.CLOSED: N_("Votre dossier est clos."),
    Cause.REFUSED: N_("Une décision est prise : lisez-la dans votre espace."),
    Cause.HANDED_OVER: N_("Votre carte vous est déjà remise."),
}

# What to bring, by key; the person reads it in their language.
TO_BRING: dict[str, str] = {
    "passport": N_("votre passeport"),
    "permit": N_("votre titre précédent si vous l’avez encore, ou votre visa"),
    "stamp": N_("le timbre électronique, avec son numéro à 16 chiffres"),
    "originals": N_("les originaux des documents de votre dossier"),
    "address": N_("un justificatif de domicile récent"),
}
PROPOSED: dict[Purpose, tuple[str, ...]] = {
    Purpose.FINGERPRINTS: ("passport", "permit"),
    Purpose.HAND_OVER: ("passport", "permit", "stamp"),
    Purpose.INTERVIEW: ("passport", "permit", "originals"),
}

# The states of a dossier whose person can be invited.
INVITING: dict[Purpose, frozenset[State]] = {
    Purpose.FINGERPRINTS: OPEN | {State.FAVOURABLE, State.IN_PRODUCTION},
    Purpose.HAND_OVER: frozenset({State.IN_PRODUCTION, State.CARD_AVAILABLE}),
    Purpose.INTERVIEW: OPEN | GRANTED_STATES,
}
_OF_CARD = frozenset({Purpose.FINGERPRINTS, Purpose.HAND_OVER})

FIRST_HOUR, LAST_HOUR = 7, 20  # of an appointment; outside them the hour was mistyped


@dataclass(frozen=True)
class Meeting:
    """What an invitation says: when and where to come, what to bring, and the service's own words."""

    purpose: Purpose
    at: datetime
    place: str
    bring: tuple[str, ...] = ()
    words: str = ""


def purposes(state: State, with_card: bool) -> tuple[Purpose, ...]:
    """Return the purposes for which the person of a dossier can be invited."""
    return tuple(
        purpose
        for purpose, states in INVITING.items()
        if state in states and (with_card or purpose not in _OF_CARD)
    )


def marks(at: datetime, now: datetime) -> tuple[Outcome, ...]:
    """Return what can be noted of an open appointment: that the person came, on its day; that they did not, after it."""
    came = (Outcome.KEPT,) if paris_day(now) >= paris_day(at) else ()
    return (*came, Outcome.MISSED) if now >= at else came


def instant(day: date, hour: str) -> datetime:
    """Return the instant of an hour, `09:30`, of a day in Paris."""
    return datetime.combine(day, time.fromisoformat(hour), tzinfo=PARIS)


def reminder_due(at: datetime, told: int | None, today: date) -> int | None:
    """Return the reminder due on a day, in days before the appointment, None if it was sent or none is due.

    `told` is the last one sent, or counted as sent with the invitation. If several have become due, the nearest is.
    """
    left = (paris_day(at) - today).days
    due = min((days for days in APPOINTMENT_REMINDERS if left <= days), default=None)
    return due if due is not None and (told is None or due < told) else None

"""Forms of agents about appointments: an invitation, another hour, a cancellation, a mark corrected."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from app.domain.dossiers.appointments import FIRST_HOUR, LAST_HOUR, PURPOSE_TITLES, TO_BRING, Purpose
from app.domain.journeys.checks import not_before_today, some_words, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.rules.working_days import is_working_day
from app.domain.text import N_, Problem, plain

_HOUR = re.compile(r"(\d{1,2})(?:[h:.](\d{2})?)?(?:min)?", re.IGNORECASE)


def normal_hour(typed: str) -> str:
    """Return an hour as `09:30`; what is no hour stays as it was typed, in plain letters and signs.

    >>> normal_hour("9 h 30"), normal_hour("14h"), normal_hour("25:00")
    ('09:30', '14:00', '25:00')
    """
    found = _HOUR.fullmatch(re.sub(r"\s", "", plain(typed)))
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return re.sub(r"\s+", " ", plain(typed))
    return f"{int(found[1]):02d}:{int(found[2] or 0):02d}"


def _working_day(value: Any, case: Case) -> Problem | None:
    if is_working_day(date.fromisoformat(value)):
        return None
    return Problem(N_("Le service est fermé ce jour-là : dimanche ou jour férié. Choisissez un autre jour."))


def _hour(value: Any, case: Case) -> Problem | None:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return Problem(N_("Écrivez l’heure en chiffres, par exemple 14:15."))
    if not FIRST_HOUR <= int(value[:2]) < LAST_HOUR:
        return Problem(N_("Cette heure est trop tôt ou trop tard pour un service. Vérifiez-la."))
    return None


_DAY = Question(
    "day",
    Kind.DATE,
    N_("Date"),
    missing=N_("Écrivez le jour du rendez-vous."),
    checks=(not_before_today, within_years(1), _working_day),
)
_AT = Question(
    "hour",
    Kind.TEXT,
    N_("Heure"),
    missing=N_("Écrivez l’heure du rendez-vous."),
    hint=N_("Celle du service. Par exemple : 14:15."),
    normal=normal_hour,
    checks=(_hour,),
    max_length=20,
    width="w10",
)
_PLACE = Question(
    "place",
    Kind.LONG_TEXT,
    N_("Lieu du rendez-vous"),
    missing=N_("Écrivez le lieu du rendez-vous."),
    hint=N_("L’adresse, l’étage, le guichet."),
    checks=(some_words,),
    max_length=1000,
)
_BRING = Question(
    "bring",
    Kind.CHOICES,
    N_("Que doit apporter l’usager ?"),
    hint=N_("Il le lit dans sa langue."),
    required=False,
    options=tuple(Option(key, title) for key, title in TO_BRING.items()),
)
_WORDS = Question(
    "words",
    Kind.LONG_TEXT,
    N_("Autre chose à lui dire"),
    hint=N_("Il le lit en français, comme vous l’écrivez."),
    required=False,
    max_length=1000,
)
_REASON = Question(
    "reason",
    Kind.LONG_TEXT,
    N_("Pourquoi (l’usager le lira)"),
    missing=N_("Écrivez pourquoi : l’usager le lit."),
    checks=(some_words,),
    max_length=1000,
)
_MEETING = (_DAY, _AT, _PLACE, _BRING, _WORDS)

CANCELLING = Step("annuler", N_("Annuler ce rendez-vous ?"), "", (_REASON,))


@cache
def meeting_step(purpose: Purpose) -> Step:
    """Return the form of an invitation."""
    return Step("inviter", PURPOSE_TITLES[purpose], "", _MEETING)


@cache
def moving_step(purpose: Purpose) -> Step:
    """Return the form of another day, hour or place."""
    why = replace(_REASON, required=False, missing="")
    return Step("changer", PURPOSE_TITLES[purpose], "", (*_MEETING, why))


KEPT, MISSED, REOPENED = "kept", "missed", "open"


@cache
def correction_step(present: str) -> Step:
    """Return the form that corrects a mark, without the one that is noted."""
    options = (
        Option(KEPT, N_("L’usager est venu")),
        Option(MISSED, N_("L’usager n’est pas venu")),
        Option(REOPENED, N_("Rien n’est à noter : le rendez-vous reste à venir")),
    )
    right = Question(
        "outcome",
        Kind.CHOICE,
        N_("Que faut-il noter ?"),
        missing=N_("Choisissez ce qu’il faut noter."),
        options=tuple(option for option in options if option.key != present),
    )
    return Step("corriger", N_("Corriger ce qui est noté ?"), "", (right, _REASON))

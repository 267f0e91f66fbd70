"""Checks of stored answers, written once and named after the rule."""

import re
from datetime import date, timedelta
from typing import Any

from app.domain.journeys.questions import Case, Check, as_list
from app.domain.text import N_, Problem

_PASSPORT = re.compile(r"[A-Z0-9]{6,12}")


def not_after_today(value: Any, case: Case) -> Problem | None:
    """A date that has to be past."""
    if date.fromisoformat(value) > case.today:
        return Problem(N_("Cette date est dans le futur. Vérifiez l’année."))
    return None


def not_before_today(value: Any, case: Case) -> Problem | None:
    """A date that has to come, such as the end of a passport."""
    if date.fromisoformat(value) < case.today:
        return Problem(N_("Cette date est passée. Vérifiez l’année, ou renouvelez d’abord ce document."))
    return None


def within_years(years: int) -> Check:
    """A date that cannot be further than so many years from today: a slip of the year."""

    def check(value: Any, case: Case) -> Problem | None:
        if abs(date.fromisoformat(value) - case.today) > timedelta(days=366 * years):
            return Problem(N_("Cette date est très éloignée d’aujourd’hui. Vérifiez l’année."))
        return None

    return check


def after(key: str, words: str = N_("La fin doit venir après le début. Vérifiez les deux dates.")) -> Check:
    """A date that follows another answer, and what is said when it does not."""

    def check(value: Any, case: Case) -> Problem | None:
        first = case.answers.get(key)
        if first and date.fromisoformat(value) <= date.fromisoformat(first):
            return Problem(words)
        return None

    return check


def passport_number(value: Any, case: Case) -> Problem | None:
    """Six to twelve letters and digits, as passports print them."""
    if not _PASSPORT.fullmatch(re.sub(r"[\s.-]", "", value).upper()):
        return Problem(N_("Un numéro de passeport a 6 à 12 lettres et chiffres, en haut de la page photo."))
    return None


def some_words(value: Any, case: Case) -> Problem | None:
    """A text that says something."""
    if not any(character.isalpha() for character in value):
        return Problem(N_("Écrivez votre réponse avec des mots."))
    return None


def amount_in_sight(value: Any, case: Case) -> Problem | None:
    """A monthly amount in cents that is not a slip of the keyboard."""
    if value <= 0:
        return Problem(N_("Écrivez un montant plus grand que zéro, ou décochez cette ressource."))
    if value > 10_000_000:
        return Problem(N_("Ce montant dépasse 100 000 € par mois. Vérifiez les zéros."))
    return None


def yearly_amount_in_sight(value: Any, case: Case) -> Problem | None:
    """A yearly amount in cents that is not a slip of the keyboard."""
    if value <= 0:
        return Problem(N_("Écrivez un montant plus grand que zéro."))
    if value > 100_000_000:
        return Problem(N_("Ce montant dépasse 1 000 000 € par an. Vérifiez les zéros."))
    return None


def siret(value: Any, case: Case) -> Problem | None:
    """The number of an establishment: 14 digits, whose last one checks the others (Luhn), La Poste's apart."""
    digits = re.sub(r"[\s.-]", "", value)
    if not re.fullmatch(r"[0-9]{14}", digits):
        return Problem(N_("Un numéro SIRET a 14 chiffres. Il est en haut de chaque bulletin de salaire."))
    doubled = (int(one) * (2 - place % 2) for place, one in enumerate(digits))
    if sum(one - 9 if one > 9 else one for one in doubled) % 10 and not digits.startswith("356000000"):
        return Problem(N_("Ce numéro SIRET a une erreur. Recopiez ses 14 chiffres un par un."))
    return None


def alone(key: str) -> Check:
    """An option that says that none of the others holds."""

    def check(value: Any, case: Case) -> Problem | None:
        if key in as_list(value) and len(as_list(value)) > 1:
            return Problem(N_("Cette réponse ne va pas avec les autres. Gardez-la seule, ou retirez-la."))
        return None

    return check

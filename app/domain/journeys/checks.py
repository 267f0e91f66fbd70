"""Checks of stored answers that several questions share; each returns the problem to show, or None."""

import re
from datetime import date, timedelta
from typing import Any

from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import Case, Check, as_list
from app.domain.rules import territories
from app.domain.rules.identifiers import normal_number
from app.domain.text import N_, Problem

_PASSPORT = re.compile(r"[A-Z0-9]{6,12}")


def with_permits(value: Any, case: Case) -> Problem | None:
    """Refuse a postcode of the Pacific, where the permits of this service are not issued (CESEDA L.111-3)."""
    return territories.with_permits(value)


def not_after_today(value: Any, case: Case) -> Problem | None:
    """Refuse a date in the future."""
    if date.fromisoformat(value) > case.today:
        return Problem(N_("Cette date est dans le futur. Vérifiez l’année."))
    return None


def not_before_today(value: Any, case: Case) -> Problem | None:
    """Refuse a date in the past."""
    if date.fromisoformat(value) < case.today:
        return Problem(N_("Cette date est passée. Vérifiez l’année."))
    return None


def still_valid(sentence: str, document: SupportingDocument) -> Check:
    """Return a check that doubts a date in the past: another paper may be given instead of the one that has run out.

    The sentence ends with %(instead)s, what the documents step accepts in its place.
    """

    def check(value: Any, case: Case) -> Problem | None:
        if date.fromisoformat(value) < case.today:
            return Problem(sentence, {"instead": Problem(document.instead)}, doubt=True)
        return None

    return check


def within_years(years: int) -> Check:
    """Return a check that refuses dates more than some years from today: the year was mistyped."""

    def check(value: Any, case: Case) -> Problem | None:
        if abs(date.fromisoformat(value) - case.today) > timedelta(days=366 * years):
            return Problem(N_("Cette date est très éloignée d’aujourd’hui. Vérifiez l’année."))
        return None

    return check


def after(
    key: str, message: str = N_("La date de fin doit être après la date de début. Vérifiez les deux dates.")
) -> Check:
    """Return a check that refuses, with a message, a date not after the one in the answer to another question."""

    def check(value: Any, case: Case) -> Problem | None:
        first = case.answers.get(key)
        if first and date.fromisoformat(value) <= date.fromisoformat(first):
            return Problem(message)
        return None

    return check


def passport_number(value: Any, case: Case) -> Problem | None:
    """Refuse a passport number that does not have six to twelve letters and digits."""
    if not _PASSPORT.fullmatch(normal_number(value)):
        return Problem(N_("Un numéro de passeport a 6 à 12 lettres et chiffres, en haut de la page photo."))
    return None


def some_words(value: Any, case: Case) -> Problem | None:
    """Refuse a text without letters."""
    if not any(character.isalpha() for character in value):
        return Problem(N_("Écrivez votre réponse avec des mots."))
    return None


def amount_in_sight(value: Any, case: Case) -> Problem | None:
    """Refuse a monthly amount, in cents, that is not positive or so high that it must be mistyped."""
    if value <= 0:
        return Problem(N_("Écrivez un montant plus grand que zéro, ou décochez cette ressource."))
    if value > 10_000_000:
        return Problem(N_("Ce montant dépasse 100 000 € par mois. Vérifiez les zéros."))
    return None


def yearly_amount_in_sight(value: Any, case: Case) -> Problem | None:
    """Refuse a yearly amount, in cents, that is not positive or so high that it must be mistyped."""
    if value <= 0:
        return Problem(N_("Écrivez un montant plus grand que zéro."))
    if value > 100_000_000:
        return Problem(N_("Ce montant dépasse 1 000 000 € par an. Vérifiez les zéros."))
    return None


def siret(value: Any, case: Case) -> Problem | None:
    """Refuse a SIRET number (establishment) without 14 digits or with a wrong check digit (Luhn).

    Those of La Poste, which begin with its SIREN 356 000 000, follow another rule and are accepted.
    """
    digits = normal_number(value)
    if not re.fullmatch(r"[0-9]{14}", digits):
        return Problem(N_("Un numéro SIRET a 14 chiffres. Il est en haut de chaque bulletin de salaire."))
    weighted = (int(digit) * (2 - index % 2) for index, digit in enumerate(digits))
    checksum = sum(value - 9 if value > 9 else value for value in weighted) % 10
    if checksum and not digits.startswith("356000000"):
        return Problem(N_("Ce numéro SIRET a une erreur. Recopiez ses 14 chiffres un par un."))
    return None


def alone(key: str) -> Check:
    """Return a check that refuses other options beside one that means « none of these »."""

    def check(value: Any, case: Case) -> Problem | None:
        if key in as_list(value) and len(as_list(value)) > 1:
            return Problem(
                N_("Cette réponse ne peut pas être cochée avec d’autres : gardez-la seule, ou décochez-la.")
            )
        return None

    return check

"""Lengths of time that the law sets, in a language, by the placeholder that sentences have for them."""

from datetime import date

from app.domain.rules.remedies import DELAYS
from app.web.localisation import formats


def spans(day: date, language: str) -> dict[str, str]:
    """Return the lengths of time of `remedies.DELAYS` in force on a day: {"remedy": "2 mois", …}."""
    return {name: formats.span(number.on(day), unit, language) for name, (number, unit) in DELAYS.items()}

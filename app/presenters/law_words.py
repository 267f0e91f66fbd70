"""Lengths of time that the law sets, in a language, by the placeholder that sentences have for them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from babel.support import NullTranslations

from app.domain.rules.remedies import DELAYS
from app.web.localisation import formats
from app.web.localisation.language import sentences


def spans(day: date, language: str) -> dict[str, str]:
    """Return the lengths of time of `remedies.DELAYS` in force on a day: {"remedy": "2 mois", …}."""
    return dict(_spans(day, language, sentences(language)))


@lru_cache(maxsize=1_000)  # the same for everybody, and on each page of a dossier
def _spans(day: date, language: str, words: NullTranslations) -> Mapping[str, str]:
    """Format them. `words`, the catalogue in use, is a key of the cache only."""
    return {name: formats.span(number.on(day), unit, language) for name, (number, unit) in DELAYS.items()}

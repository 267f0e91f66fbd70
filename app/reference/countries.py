"""Countries and nationalities: codes of ISO 3166-1 (and XKX, Kosovo), names of CLDR; other codes are in other_codes.

The adjectives are this project's, feminine in French to follow « nationalité »; a territory may have none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.languages import language_of
from app.reference.other_codes import OTHER_CODES, SYNONYMS


@dataclass(frozen=True)
class Country:
    """A country or a territory: its codes and the adjective of its nationality, "" where it has none."""

    code: str
    alpha2: str
    adjective_fr: str
    adjective_en: str

    def name(self, language: str) -> str:
        """Return the name of the country in a language."""
        return _names(language)[self.alpha2]

    def nationality(self, language: str) -> str:
        """Return the adjective, such as `vietnamienne`; the name of the country if the language has none here."""
        adjective = {"fr": self.adjective_fr, "en": self.adjective_en}.get(
            language_of(language).locale.language
        )
        return adjective or self.name(language)


@cache
def _names(language: str) -> Mapping[str, str]:
    return language_of(language).locale.territories


@cache
def _all() -> dict[str, Country]:
    lines = (Path(__file__).parent / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return {known.code: known for known in (Country(*line.split("\t")) for line in lines)}


def country(code: str) -> Country | None:
    """Return the country of an alpha-3 code, or of another way to write it; None if there is none today."""
    return _all().get(SYNONYMS.get(code, code))


def printed_nationality(code: str) -> tuple[str, str]:
    """Return a nationality as papers print it, in French and in English; the code itself if unknown."""
    if (other := OTHER_CODES.get(code)) and other.nationality:
        return other.nationality, other.nationality_en
    found = country(code)
    return (found.nationality("fr"), found.nationality("en")) if found else (f"code {code}", f"code {code}")


@cache
def options(language: str) -> tuple[tuple[str, str, str], ...]:
    """Return (code, name, "") of each country, in the order of the language's alphabet: Égypte is under E."""
    names = [(known.code, known.name(language), "") for known in _all().values()]
    return tuple(sorted(names, key=lambda option: language_of(language).sort_key(option[1])))

"""Countries and nationalities: codes of ISO 3166 (XKX Kosovo, XXA stateless as in ICAO 9303), names of CLDR.

The adjectives are this project's, feminine in French to follow « nationalité ».
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale


@dataclass(frozen=True)
class Country:
    """A country: its code, its names and the adjectives of its nationality."""

    code: str
    fr: str
    en: str
    adjective_fr: str
    adjective_en: str


@cache
def _all() -> dict[str, Country]:
    french, english = Locale("fr").territories, Locale("en").territories
    table = {}
    for line in (Path(__file__).parent / "countries.tsv").read_text(encoding="utf-8").splitlines():
        code, alpha2, adjective_fr, adjective_en = line.split("\t")
        fr, en = ("Apatride", "Stateless") if code == "XXA" else (french[alpha2], english[alpha2])
        table[code] = Country(code, fr, en, adjective_fr, adjective_en)
    return table


def country(code: str) -> Country | None:
    """Return the country of an alpha-3 code, None if there is none."""
    return _all().get(code)


def nationality(code: str, language: str) -> str:
    """Return the adjective of a nationality, `vietnamienne` or `Vietnamese`; the code itself if unknown."""
    found = country(code)
    if found is None:
        return code
    return found.adjective_fr if language == "fr" else found.adjective_en


@cache
def options(language: str) -> tuple[tuple[str, str, str], ...]:
    """Return (code, name, "") of each country, sorted without accents: Égypte is under E."""

    def sort_key(option: tuple[str, str, str]) -> str:
        text = unicodedata.normalize("NFKD", option[1])
        return "".join(c for c in text if not unicodedata.combining(c)).casefold()

    names = [(known.code, known.fr if language == "fr" else known.en, "") for known in _all().values()]
    return tuple(sorted(names, key=sort_key))

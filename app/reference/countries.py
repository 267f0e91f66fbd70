"""Countries and nationalities: codes of ISO 3166 (XKX Kosovo, XXA stateless as in ICAO 9303), names from CLDR.

The adjectives are ours, feminine in French as they follow « nationalité ».
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale


@dataclass(frozen=True)
class Country:
    """One country: its code, its names and the adjective of its nationality."""

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
    """The country of an alpha-3 code."""
    return _all().get(code)


def nationality(code: str, language: str) -> str:
    """`vietnamienne`, `Vietnamese`; the code itself where it is unknown."""
    found = country(code)
    if found is None:
        return code
    return found.adjective_fr if language == "fr" else found.adjective_en


@cache
def options(language: str) -> tuple[tuple[str, str, str], ...]:
    """Code, name and no hint, in the order of the language's alphabet: Égypte stands at E."""

    def place(one: tuple[str, str, str]) -> str:
        text = unicodedata.normalize("NFKD", one[1])
        return "".join(c for c in text if not unicodedata.combining(c)).casefold()

    names = [(one.code, one.fr if language == "fr" else one.en, "") for one in _all().values()]
    return tuple(sorted(names, key=place))

"""The words of the administration, of `translations/terms.toml`: what each means, and its word in other languages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.domain.text import fold
from app.languages import DIRECTORY, language_of

FILE = "terms.toml"


@dataclass(frozen=True)
class Term:
    """A French word of the administration."""

    french: str
    meaning: str  # msgid
    words: Mapping[str, str]  # by language; after a semicolon, other words that are right too

    def word(self, code: str) -> str:
        """Return the word of a language; "" where it is the French one, or not settled."""
        language = language_of(code)
        word = self.words.get(code, "").partition(";")[0].strip()
        return "" if language.of_source or fold(word) == fold(self.french) else word


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms in the order of the French alphabet."""
    told = tomllib.loads((DIRECTORY / FILE).read_text(encoding="utf-8"))["term"]
    found = [Term(row.pop("fr"), row.pop("means"), row) for row in told]
    return tuple(sorted(found, key=lambda term: fold(term.french)))

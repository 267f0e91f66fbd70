"""Check that each catalogue says the terms of `translations/terms.toml` as it does: most sentences with the French word.

Words are compared by their beginnings, since many languages decline them; Arabic without its article.
"""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from app.domain.text import fold
from app.reference.terms import terms
from app.web.localisation.catalogues import PLACEHOLDER, forms

MOST = 0.6  # of the sentences: the others speak of the thing without its name
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def faults(code: str, kept: Catalog) -> Iterator[str]:
    """Yield the terms that a catalogue mostly says otherwise."""
    sentences = [
        (fold(PLACEHOLDER.sub("", " ".join(forms(message.id)))), fold(" ".join(forms(message.string))))
        for message in kept
        if message.id and all(forms(message.string))
    ]
    for term in terms():
        if code not in term.words:
            continue
        said = [
            text for source, text in sentences if re.search(rf"\b{re.escape(fold(term.french))}s?\b", source)
        ]
        right = sum(says(text, term.words[code]) for text in said)
        if said and right < MOST * len(said):
            share = f"in {right} of {len(said)} sentences only"
            yield f"says « {term.french} » as « {term.words[code]} » {share}: translations/terms.toml"


def says(text: str, words: str) -> bool:
    """Return whether a folded text has each word of a term, or of another that is right in one of its endings."""
    return any(
        all(beginning(word) in text for word in _WORD.findall(fold(other))) for other in words.split(";")
    )


def beginning(word: str) -> str:
    """Return the part of a word that its declension keeps."""
    word = word.removeprefix("ال").removesuffix("ة")
    return word if len(word) < 5 else word[: max(4, len(word) - 2)]

"""Check that each catalogue says the terms of `translations/terms.toml` as it does: most sentences with the French word.

Words are compared by their beginnings, since many languages decline them; Arabic without its article. The French word in
brackets behind a translation does not count: it stands there whatever the translation is. The first word is the one
that people read on the page of words: it is said at least once.
"""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from app.domain.text import fold
from app.reference.terms import terms
from app.web.localisation.catalogues import PLACEHOLDER, forms

MOST = 0.65  # of the sentences: the others speak of the thing without its name
DECLINED = 2  # letters at the end of a word that a declension may change
DERIVED = 4  # those that a verb or an adjective of the same word may change
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
        french = re.escape(fold(term.french))
        beside = "" if fold(term.french) in fold(term.words[code]) else rf"[(（]{french}[)）]"
        said = [
            re.sub(beside, "", text) for source, text in sentences if re.search(rf"\b{french}s?\b", source)
        ]
        right = sum(says(text, term.words[code]) for text in said)
        if right < MOST * len(said):
            share = f"in {right} of {len(said)} sentences only"
            yield f"says « {term.french} » as « {term.words[code]} » {share}: translations/terms.toml"
        shown = term.words[code].partition(";")[0]
        if said and not any(says(text, shown, DERIVED) for text in said):
            yield f"never says « {term.french} » as « {shown} », which its page of words shows: translations/terms.toml"


def says(text: str, words: str, ending: int = DECLINED) -> bool:
    """Return whether a folded text has each word of a term, or of another that is right in one of its endings."""
    return any(
        all(beginning(word, ending) in text for word in _WORD.findall(fold(other)))
        for other in words.split(";")
    )


def beginning(word: str, ending: int) -> str:
    """Return the part of a word that its declension keeps."""
    word = word.removeprefix("ال").removesuffix("ة")
    return word if len(word) < 5 else word[: max(4, len(word) - ending)]

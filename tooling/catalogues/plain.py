"""Check the source in plain words: no long sentence.

« Le français facile » follows the rules of FALC, one of which is short sentences.
"""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from app.web.localisation.catalogues import PLACEHOLDER, forms

MOST_WORDS = 15
_WORD = re.compile(r"[\w’'-]+")
_END = re.compile(r"[.?!:;](?:\s|$)")
_ASIDE = re.compile(r"[(«][^()«»]*[)»]")  # names of titles and labels, articles of the law
_NOT_READ = "words that people search for"  # typed, not shown


def long_sentences(kept: Catalog) -> Iterator[str]:
    """Yield the sentences of plain French that are too long."""
    for message in kept:
        if message.id and _NOT_READ not in " ".join(message.auto_comments):
            yield from (_fault(text) for text in forms(message.string) if longest(text) > MOST_WORDS)


def _fault(text: str) -> str:
    return f"« {text} » has a sentence of {longest(text)} words: at most {MOST_WORDS} in plain French"


def longest(text: str) -> int:
    """Return how many words the longest sentence of a text has; brackets and quotations count as one."""
    bare = _ASIDE.sub("x", PLACEHOLDER.sub("x", text))
    return max(len(_WORD.findall(sentence)) for sentence in _END.split(bare))

"""Check the source in plain words: no long sentence on a page of applicants or of the public, in it or left as it is.

« Le français facile » follows the rules of FALC, one of which is short sentences. What it has not stays in the words of
the source: they have to be short, too.
"""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from app.web.localisation.catalogues import PLACEHOLDER, forms
from tooling.catalogues.extraction import of_agents

MOST_WORDS = 15
_WORD = re.compile(r"[\w’'-]+")
_END = re.compile(r"[.?!:;](?:\s|$)")
_ASIDE = re.compile(r"[(«][^()«»]*[)»]")  # names of titles and labels, articles of the law
_NOT_READ = "words that people search for"  # typed, not shown


def long_sentences(wanted: Catalog, kept: Catalog) -> Iterator[str]:
    """Yield the sentences that are too long for plain French."""
    for message in wanted:
        if not message.id or of_agents(message) or _NOT_READ in " ".join(message.auto_comments):
            continue
        found = kept.get(message.id, message.context)
        translated = found is not None and all(forms(found.string))
        for text in forms(found.string if found and translated else message.id):
            if (length := longest(text)) > MOST_WORDS:
                yield f"« {text} » has a sentence of {length} words: at most {MOST_WORDS} in plain French"


def longest(text: str) -> int:
    """Return how many words the longest sentence of a text has; brackets and quotations count as one."""
    bare = _ASIDE.sub("x", PLACEHOLDER.sub("x", text))
    return max(len(_WORD.findall(sentence)) for sentence in _END.split(bare))

"""Pages in which each sentence says which entry of the catalogues it is, for translators: in a demonstration only.

A sentence carries its key between characters of Unicode's private use area; a page makes an element of them, whose
`title` names the entry under the pointer, and pictures for translators find it by its `data-entry`.
"""

import hashlib
import re
from functools import cache

from babel.support import NullTranslations
from markupsafe import escape

from app.domain.text import CONTEXT_ENDS

COOKIE = "phrases"  # the visitor of a demonstration who wants to see them
KEY_BEGINS, KEY_ENDS, SENTENCE_ENDS = "\ue0f2", "\ue0f3", "\ue0f4"
_KEY = re.compile(f"{KEY_BEGINS}(\\w*){KEY_ENDS}")
_SIGNS = re.compile(f"{_KEY.pattern}|{SENTENCE_ENDS}")
_sentences: dict[str, str] = {}


@cache
def entry_key(sentence: str, context: str = "") -> str:
    """Return the key of an entry: eight letters and figures, the same wherever it is named.

    >>> entry_key("Bonjour") == entry_key("Bonjour", "letter")
    False
    """
    return hashlib.sha256(f"{context}{CONTEXT_ENDS}{sentence}".encode()).hexdigest()[:8]


class NamedSentences(NullTranslations):
    """A catalogue whose sentences carry their keys."""

    def __init__(self, known: NullTranslations) -> None:
        super().__init__()
        self.known = known

    def gettext(self, message: str) -> str:
        """Return a sentence."""
        return _named(message, self.known.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the form of a sentence for a number."""
        return _named(msgid1, self.known.ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence of a context."""
        entry = f"{context}{CONTEXT_ENDS}{message}"
        return self.gettext(entry)  # no sentence of its own: what extracts them would warn


@cache
def named(known: NullTranslations) -> NullTranslations:
    """Return a catalogue whose sentences carry their keys, one object for each catalogue."""
    return NamedSentences(known)


def _named(message: str, said: str) -> str:
    context, _ends, sentence = message.rpartition(CONTEXT_ENDS)
    key = entry_key(sentence, context)
    _sentences[key] = sentence
    return f"{KEY_BEGINS}{key}{KEY_ENDS}{said}{SENTENCE_ENDS}"


def unnamed(text: str) -> str:
    """Return a text without keys."""
    return _SIGNS.sub("", text) if KEY_BEGINS in text else text


def elements(html: str) -> str:
    """Return text between tags in which each sentence is an element that says its key, and its French when pointed at."""
    return _KEY.sub(_element, html).replace(SENTENCE_ENDS, "</span>") if KEY_BEGINS in html else html


def _element(found: re.Match[str]) -> str:
    key = found[1]
    words = escape(_sentences.get(key, ""))
    return f'<span data-entry="{key}" title="{key} {words}">'

"""Marking of sentences for translation (the pages translate them), normal form and folding of text."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a French sentence for the catalogues without translating it."""
    return message


class Name(str):
    """A name that is given as a sentence is, and that no language translates."""

    __slots__ = ()


CONTEXT_ENDS = "\x04"  # gettext's own sign between the context of a sentence and the sentence


def C_(context: str, message: str) -> str:
    """Mark a French sentence whose words mean something else elsewhere: its context makes it an entry of its own."""
    return f"{context}{CONTEXT_ENDS}{message}"


# A sign of format is invisible, except these, which are drawn around a number; and these join or part letters of one
# word in Persian or Malayalam.
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_JOINERS = frozenset("\u200c\u200d")
# Letters and marks without a drawing: fillers of Hangul and Khmer, the empty Braille cell, a joiner of accents.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Letters in the form of a width, a ligature or a place in the word, as some keyboards and PDF readers give them.
_FORMS = re.compile("[\ufb00-\ufb4f\ufb50-\ufdcf\ufe70-\ufefc\uff01-\uffee]+")
# Not by an expression: `\s+$` looks at a long run of spaces again from each of its places.
_AT_THE_ENDS = "".join(sign for sign in map(chr, range(0x10000)) if sign.isspace()) + "\u200c\u200d"
# Python sorts the marks on one letter in a time that grows with the square of their number; no script puts on so many
# (UAX #15, stream-safe text).
_MARKS = "".join(f"\\U{code:08x}" for code in range(0x300, 0x20000) if unicodedata.combining(chr(code)))
_TOO_MANY_MARKS = re.compile(f"([{_MARKS}]{{30}})[{_MARKS}]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛′´`ʼʻʹ＇", "'"))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe63", "-"))
_SIGNS = _APOSTROPHES | _DASHES | str.maketrans({"\u066b": ",", "\u066c": "", "\u2044": "/"})


def clean(text: str) -> str:
    """Return typed text in the one form in which every field keeps it.

    Composed letters in their ordinary width and form, ASCII digits, one kind of line end; no control characters,
    invisible signs, marks of direction or outer spaces.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", _TOO_MANY_MARKS.sub(r"\1", _LINE_ENDS.sub("\n", text)))
    plain = _FORMS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), composed)
    return "".join(map(_kept, plain)).strip(_AT_THE_ENDS)


def _kept(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("Cf", "Cc", "Cs", "Co") or character in _BLANK:
        return character if character in _JOINERS or character in _DRAWN or character in "\n\t" else ""
    return character


def plain(text: str) -> str:
    """Return text of a grammar of its own (a number, a code, an address): the plain sign for each that looks like it.

    >>> plain("\u200b12 € ‑ o’brien")
    "12 € - o'brien"
    """
    cleaned = clean(text)
    if not cleaned.isascii():
        cleaned = unicodedata.normalize("NFKC", cleaned.translate(_SIGNS)).translate(_SIGNS)
        cleaned = cleaned.replace("\u200c", "").replace("\u200d", "")
    return re.sub(r"\s+", " ", cleaned).strip()


# Letters without a Unicode decomposition, and the ones that people type instead.
_PLAIN = str.maketrans(
    {
        "đ": "d",
        "Đ": "d",
        "ð": "d",
        "Ð": "d",
        "ł": "l",
        "Ł": "l",
        "ø": "o",
        "Ø": "o",
        "ı": "i",
        "ħ": "h",
        "Ħ": "h",
    }
    | {
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "þ": "th",
        "Þ": "th",
        "ŋ": "n",
        "ŧ": "t",
        "ə": "e",
        "Ə": "e",
    }
)


def fold(*words: str) -> str:
    """Return text without accents and case, for searching: `Éric Nguyễn` → `eric nguyen`."""
    text = unicodedata.normalize("NFKD", " ".join(words)).translate(_PLAIN)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer and how to correct it: a msgid and the values of its placeholders.

    A problem in `doubt` is one that the person may overrule: the same answer sent again is accepted, and marked as
    confirmed for the agent.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)
    doubt: bool = False

"""Marking of sentences for translation (the pages translate them), and folding of text for searches."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a French sentence for the catalogues without translating it."""
    return message


# Letters without a Unicode decomposition, and the ones that people type instead.
_PLAIN = str.maketrans(
    {"đ": "d", "Đ": "d", "ð": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ı": "i", "ħ": "h", "Ħ": "h"}
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
    """What is wrong with an answer and how to correct it: a msgid and the values of its placeholders."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

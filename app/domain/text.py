"""Sentences shown to people: marked here, translated at the edge."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a French sentence for the catalogues without translating it."""
    return message


def fold(*words: str) -> str:
    """Text without accents and case, for searching: `Éric Nguyễn` → `eric nguyen`."""
    text = (
        unicodedata.normalize("NFKD", " ".join(words)).replace("đ", "d").replace("Đ", "D").replace("ł", "l")
    )
    return "".join(c for c in text if not unicodedata.combining(c)).casefold().replace("ł", "l")


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer and how to mend it: a msgid and the values of its placeholders."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

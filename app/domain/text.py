"""Sentences shown to people: marked here, translated at the edge."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(message: str) -> str:
    """Mark a French sentence for the catalogues without translating it."""
    return message


@dataclass(frozen=True)
class Problem:
    """What is wrong with an answer and how to mend it: a msgid and the values of its placeholders."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

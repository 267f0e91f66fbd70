"""What a certificate says of its own procedure, beside who holds it and what it proves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Detail:
    """One line of a paper: its words in French and in English, and a text that is the same in both."""

    french: str
    english: str
    text: str

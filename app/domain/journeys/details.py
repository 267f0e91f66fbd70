"""Class of the rows that a procedure adds to its certificates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Detail:
    """A row of a certificate: labels in French and English, and a text common to both."""

    french: str
    english: str
    text: str

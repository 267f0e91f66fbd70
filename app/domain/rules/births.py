"""Dates of birth, of which foreign civil status does not always know the day, or the month."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from app.domain.rules.deadlines import Identity

# What is not known is left out (ISO 8601), written with zeros (civil registers), or with X (ICAO Doc 9303).
_WRITTEN = re.compile(r"(\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?", re.ASCII)


@dataclass(frozen=True)
class BirthDate:
    """The day, the month or the year in which a person was born; `month` and `day` are 0 where not known.

    `str` gives the normal form, the one that is stored: `2002-03-14`, `1980-05` or `1980`.
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        date(self.year, self.month or 1, self.day or 1)  # ValueError for the 30th of February

    def __str__(self) -> str:
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the date that a text says; ValueError where it says none. A day without its month is left out.

        >>> str(BirthDate.read("1980-05-00"))
        '1980-05'
        """
        found = _WRITTEN.fullmatch(text.strip().upper())
        if found is None:
            raise ValueError("not a date of birth")
        year, month, day = (0 if part in (None, "XX") else int(part) for part in found.groups())
        return cls(year, month, day if month else 0)

    @property
    def earliest(self) -> date:
        """The first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)


def born(identity: Identity) -> BirthDate:
    """Return the date of birth of a record of the permit register."""
    return BirthDate.read(identity["born_on"])

"""Counting that ends: how many rows match, as far as somebody reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL

from app.storage.database import database

MOST = 999  # who has more reads « plus de 999 »


@dataclass(frozen=True)
class CappedCount:
    """So many, or more than so many."""

    value: int
    more: bool = False

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.value) or self.more

    def __add__(self, other: "CappedCount") -> "CappedCount":
        """
        >>> CappedCount(3) + CappedCount(99, more=True)
        CappedCount(value=102, more=True)
        """
        return CappedCount(self.value + other.value, self.more or other.more)


def capped_counts(queries: Sequence[Any], most: int) -> list[CappedCount]:
    """How many rows each query finds, in one question to the database, as far as `most`."""
    parts = [one.columns(SQL("1")).limit(most + 1).sql() for one in queries]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _values in parts)
    row = database.execute_sql(f"SELECT {columns}", [value for _sql, values in parts for value in values])
    return [CappedCount(min(number, most), number > most) for number in row.fetchone()]


def capped_count(query: Any, most: int = MOST) -> CappedCount:
    """The same of one query."""
    return capped_counts([query], most)[0]

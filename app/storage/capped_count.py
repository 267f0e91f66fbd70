"""Row counts that stop at a limit (docs/adr/0016-search-and-counts.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import SQL

from app.storage.database import database

MOST = 999  # shown as « plus de 999 » beyond that


@dataclass(frozen=True)
class CappedCount:
    """A number of rows, or "more than" that number when `more` is set."""

    value: int
    more: bool = False

    def __bool__(self) -> bool:
        """Return whether there is at least one row."""
        return bool(self.value) or self.more

    def __add__(self, other: "CappedCount") -> "CappedCount":
        """Add two counts; the sum is open-ended if either is.

        >>> CappedCount(3) + CappedCount(99, more=True)
        CappedCount(value=102, more=True)
        """
        return CappedCount(self.value + other.value, self.more or other.more)


def capped_counts(queries: Sequence[Any], most: int) -> list[CappedCount]:
    """Count the rows of each query, up to `most` each, in one statement."""
    parts = [query.columns(SQL("1")).limit(most + 1).sql() for query in queries]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _values in parts)
    row = database.execute_sql(f"SELECT {columns}", [value for _sql, values in parts for value in values])
    return [CappedCount(min(number, most), number > most) for number in row.fetchone()]


def capped_count(query: Any, most: int = MOST) -> CappedCount:
    """Count the rows of one query, up to `most`."""
    return capped_counts([query], most)[0]

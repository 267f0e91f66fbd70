"""Counting that ends: how many rows match, as far as somebody reads it."""

from collections.abc import Sequence
from typing import Any

from peewee import SQL

from app.storage.database import database

MOST = 999  # who has more reads « plus de 999 »


def counts(queries: Sequence[Any], most: int) -> list[int]:
    """How many rows each query finds, in one question to the database; `most + 1` stands for more than `most`."""
    parts = [one.columns(SQL("1")).limit(most + 1).sql() for one in queries]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _values in parts)
    row = database.execute_sql(f"SELECT {columns}", [value for _sql, values in parts for value in values])
    return list(row.fetchone())


def count(query: Any, most: int = MOST) -> int:
    """The same of one query."""
    return counts([query], most)[0]

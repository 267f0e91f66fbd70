"""Queries of pages that are read all day: their SQL is written once a process, not once a request.

Writing one costs Peewee 0.2 to 0.4 ms, several times what the database needs to answer it (docs/performance.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any, Generic, TypeVar

from peewee import Node

from app.storage.database import database
from app.storage.models.table import Table

M = TypeVar("M", bound=Table)


class Placeholder(Node):
    """Where a value will stand. It takes no field's conversion: values are ids, texts and days."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(Parameter(self.name), converter=False)


@dataclass(frozen=True)
class Parameter:
    """What stands for a value among the parameters of a compiled query. Not a node: Peewee would compile it."""

    name: str


@dataclass(frozen=True)
class Answered:
    """A database that has answered already: a query executed on it reads its rows from this cursor."""

    cursor: Any

    def execute(self, query: Any) -> Any:
        """Return the cursor."""
        return self.cursor


@dataclass
class Writing:
    """A query written for one engine, and what makes rows of its answers once the first has come."""

    query: Any
    sql: str
    params: list[Any]
    reader: Any = None


class CompiledQuery(Generic[M]):
    """A query as a function of its values; `build` gets a hole for each of its parameters."""

    def __init__(self, model: type[M], build: Callable[..., Any]) -> None:
        self.model = model
        self.build = build
        self.names = tuple(signature(build).parameters)
        self.written: dict[type, Writing] = {}

    def all(self, *values: Any) -> list[M]:
        """Every row."""
        writing = self._writing()
        given = dict(zip(self.names, values, strict=True))
        params = [given[p.name] if isinstance(p, Parameter) else p for p in writing.params]
        cursor = database.execute_sql(writing.sql, params)
        if writing.reader is None:
            reader = writing.query.execute(Answered(cursor))
            reader.initialize()  # which columns make which fields of which rows: the same for every answer
            writing.reader = reader
        return [writing.reader.process_row(row) for row in cursor.fetchall()]

    def first(self, *values: Any) -> M | None:
        """The first row, None when there is none."""
        rows = self.all(*values)
        return rows[0] if rows else None

    def get(self, *values: Any) -> M:
        """The first row; the model's DoesNotExist when there is none."""
        found = self.first(*values)
        if found is None:
            raise self.model.DoesNotExist
        return found

    def _writing(self) -> Writing:
        engine = type(database.obj)
        if engine not in self.written:
            query = self.build(*map(Placeholder, self.names))
            self.written[engine] = Writing(query, *database.get_sql_context().sql(query).query())
        return self.written[engine]


def compiled(model: type[M]) -> Callable[[Callable[..., Any]], CompiledQuery[M]]:
    """Declare a query of a model: `@prepared(Dossier)` on a function that builds it."""
    return lambda build: CompiledQuery(model, build)

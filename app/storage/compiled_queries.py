"""Queries whose SQL is compiled once a process instead of at each request.

Peewee takes 0.2 to 0.4 ms to compile one, several times as long as the database to answer (docs/performance.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import signature
from typing import Any, Generic, TypeVar

from peewee import Node

from app.storage.database import database
from app.storage.models.table import Table
from app.storage.row_reader import Read, row_reader

M = TypeVar("M", bound=Table)


class Placeholder(Node):
    """The place of a value in a query. Values are bound unconverted: ids, texts and days."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __sql__(self, ctx: Any) -> Any:
        return ctx.value(Parameter(self.name), converter=False)


@dataclass(frozen=True)
class Parameter:
    """A value's place among the compiled parameters. Not a Node: Peewee would compile it."""

    name: str


@dataclass(frozen=True)
class CursorSource:
    """A stand-in for a database that returns a given cursor, from which an executed query reads its rows."""

    cursor: Any

    def execute(self, query: Any) -> Any:
        """Return the cursor."""
        return self.cursor


@dataclass
class Statement:
    """The SQL of a query for one engine, and what makes objects of its rows, set by the first execution."""

    query: Any
    sql: str
    params: list[Any]
    read: Read | None = None


class CompiledQuery(Generic[M]):
    """A query as a function of its values; `build` is called with a Placeholder for each parameter."""

    def __init__(self, model: type[M], build: Callable[..., Any]) -> None:
        self.model = model
        self.build = build
        self.names = tuple(signature(build).parameters)
        self.statements: dict[type, Statement] = {}

    def all(self, *values: Any) -> list[M]:
        """Execute the query and return every row."""
        statement = self.statement()
        bound = dict(zip(self.names, values, strict=True))
        params = [bound[p.name] if isinstance(p, Parameter) else p for p in statement.params]
        cursor = database.execute_sql(statement.sql, params)
        read = statement.read
        if read is None:
            reader = statement.query.execute(CursorSource(cursor))
            reader.initialize()  # maps columns to fields, the same way for every execution
            read = statement.read = row_reader(reader)
        return [read(row) for row in cursor.fetchall()]

    def first(self, *values: Any) -> M | None:
        """Execute the query and return the first row, None if there is none."""
        rows = self.all(*values)
        return rows[0] if rows else None

    def get(self, *values: Any) -> M:
        """Execute the query and return the first row; the model's DoesNotExist if there is none."""
        found = self.first(*values)
        if found is None:
            raise self.model.DoesNotExist
        return found

    def statement(self) -> Statement:
        """Return the compiled query for the engine that is bound."""
        engine = type(database.obj)
        if engine not in self.statements:
            query = self.build(*map(Placeholder, self.names))
            self.statements[engine] = Statement(query, *database.get_sql_context().sql(query).query())
        return self.statements[engine]


def compiled(model: type[M]) -> Callable[[Callable[..., Any]], CompiledQuery[M]]:
    """Decorate a function that builds a query of a model: `@compiled(Dossier)`."""
    return lambda build: CompiledQuery(model, build)

"""Rows in every table of a schema that is read from the database itself: no model knows an earlier schema."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import ColumnMetadata, Database

HISTORY = "schema_migration"

Row = dict[str, Any]
Contents = dict[str, dict[tuple[Any, ...], Row]]  # by table and primary key


@dataclass(frozen=True)
class Table:
    """A table as the engine describes it. `parents` maps a column to the table and the column that it refers to."""

    name: str
    columns: tuple[ColumnMetadata, ...]
    key: tuple[str, ...]
    unique: frozenset[str]
    parents: dict[str, tuple[str, str]]


def tables(opened: Database) -> list[Table]:
    """Return the tables of the service, each after those that it refers to: some 250 questions to the database."""
    names = [name for name in opened.get_tables() if name != HISTORY and not name.startswith("sqlite_")]
    left = {name: _described(opened, name) for name in names}
    ordered: list[Table] = []
    while left:
        known = {table.name for table in ordered}
        ready = [one for one in left.values() if {parent for parent, _ in one.parents.values()} <= known]
        assert ready, f"{', '.join(left)} refer to one another"
        ordered += ready
        for table in ready:
            del left[table.name]
    return ordered


def _described(opened: Database, name: str) -> Table:
    columns = tuple(opened.get_columns(name))
    primary = tuple(column.name for column in columns if column.primary_key)
    unique = {column for index in opened.get_indexes(name) if index.unique for column in index.columns}
    parents = {key.column: (key.dest_table, key.dest_column) for key in opened.get_foreign_keys(name)}
    return Table(name, columns, primary, frozenset({*primary, *unique}), parents)


def fill(opened: Database, described: Sequence[Table], known: Sequence[Table] = ()) -> None:
    """Add two rows to each table: one with every column, one without those that may be null.

    Tables that are `known` get rows as code writes them that knows no other column.

    Both hold the same values wherever no index forbids it, which is what a new unique index meets in production.
    """
    before = {table.name: table for table in known}
    for table in (before.get(table.name, table) for table in described):
        for whole in (True, False):
            row = {column: value for column, value in _values(opened, table, whole) if value is not None}
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join([opened.param] * len(row))
            opened.execute_sql(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', tuple(row.values()))


def _values(opened: Database, table: Table, whole: bool) -> Iterator[tuple[str, Any]]:
    """Give each column of a new row its value; None leaves it to the database."""
    ((there,),) = opened.execute_sql(f'SELECT count(*) FROM "{table.name}"').fetchall()
    for column in table.columns:
        place = there if column.name in table.unique else 0
        counted_by_the_database = column.primary_key and column.name == "id"
        if counted_by_the_database or (column.null and not whole):
            yield column.name, None
        elif column.name in table.parents:
            parent, key = table.parents[column.name]
            found = opened.execute_sql(f'SELECT "{key}" FROM "{parent}" ORDER BY "{key}"').fetchall()
            yield column.name, found[place % len(found)][0]  # a migration may have added rows of its own
        else:
            yield column.name, _value(column.data_type.lower(), place + 1)


# The first that is part of the type's name. A text may be JSON to a model, hence always is.
_KINDS: tuple[tuple[str, Callable[[int], Any]], ...] = (
    ("char", str),
    ("text", lambda place: f'{{"row": {place}}}'),
    ("json", lambda place: f'{{"row": {place}}}'),
    ("bool", lambda place: True),
    ("int", int),
    ("time", lambda place: "2026-01-01 10:00:00"),
    ("date", lambda place: "2026-01-01"),
)


def _value(kind: str, place: int) -> Any:
    return next(make for part, make in _KINDS if part in kind)(place)


def contents(opened: Database, described: Sequence[Table]) -> Contents:
    """Return all rows of these tables."""
    found: Contents = {}
    for table in described:
        cursor = opened.execute_sql(f'SELECT * FROM "{table.name}"')
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        found[table.name] = {tuple(row[column] for column in table.key): row for row in rows}
    return found


def lost(before: Contents, after: Contents) -> set[str]:
    """Return the tables that went or lack rows, and as `table.column` the columns that went or hold other values."""
    gone = set()
    for table, rows in before.items():
        now = after.get(table, {})
        if rows.keys() - now.keys():
            gone.add(table)
            continue
        for key, row in rows.items():
            gone |= {f"{table}.{column}" for column in row if row[column] != now[key].get(column, now)}
    return gone


def default(column: ColumnMetadata) -> Any:
    """Return a value for a column that may not be null and that a test does not care about."""
    return _value(column.data_type.lower(), 1)

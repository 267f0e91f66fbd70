"""Rows by the million, for a demonstration: indexes and references are put aside, and made again at the end."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from peewee import AutoField, SqliteDatabase, fn

from app.storage.database import database
from app.storage.models import TABLES, Table

Row = tuple[Any, ...]

_SQLITE_INDEXES = (
    "SELECT 'DROP INDEX \"' || name || '\"', sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
)
_POSTGRES_REFERENCES = """SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"""
_POSTGRES_INDEXES = """SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE NOT indisprimary AND relkind = 'r' AND relnamespace = current_schema()::regnamespace"""


@contextmanager
def loading() -> Iterator[None]:
    """Inside, rows are added as fast as the engine takes them; nobody else uses the database meanwhile.

    References between rows are checked at the end on PostgreSQL, never on SQLite.
    """
    if isinstance(database.obj, SqliteDatabase):
        pragmas = {name: database.pragma(name) for name in ("foreign_keys", "synchronous", "cache_size")}
        aside = _pairs(_SQLITE_INDEXES)
        fast = {"foreign_keys": 0, "synchronous": 0, "cache_size": -400_000}
    else:
        pragmas, fast = {}, {}
        aside = _pairs(_POSTGRES_REFERENCES) + _pairs(_POSTGRES_INDEXES)
    for name, value in fast.items():
        database.pragma(name, value)
    for drop, _make in aside:
        database.execute_sql(drop)
    try:
        yield
    finally:
        for _drop, make in reversed(aside):
            database.execute_sql(make)
        for name, value in pragmas.items():
            database.pragma(name, value)
        _tidy()


def _pairs(question: str) -> list[tuple[str, str]]:
    return [(drop, make) for drop, make in database.execute_sql(question).fetchall()]


def _tidy() -> None:
    """Tell the engine how much there is of what, and PostgreSQL which numbers are taken."""
    if isinstance(database.obj, SqliteDatabase):
        database.execute_sql("PRAGMA analysis_limit = 1000")
        database.execute_sql("ANALYZE")
        return
    for table in TABLES:
        name, key = table.table_name(), table.primary_key()
        if isinstance(key, AutoField):
            last = f'SELECT coalesce(max(id), 1) FROM "{name}"'
            database.execute_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({last}))")
    connection = database.connection()
    connection.autocommit = True  # no transaction may hold it
    connection.execute("VACUUM ANALYZE")


def add(table: type[Table], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Add rows by columns, their values as the database keeps them; other columns get what the model says."""
    others = {
        field.column_name: field.default for field in table.fields_without() if field.default is not None
    }
    constant = tuple(value for name, value in others.items() if name not in columns)
    names = [*columns, *(name for name in others if name not in columns)]
    into = f'"{table.table_name()}" ({", ".join(names)})'
    connection = database.connection()
    if isinstance(database.obj, SqliteDatabase):
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {into} VALUES ({marks})", (row + constant for row in rows))
        return
    with connection.cursor().copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row + constant)


def last_id(table: type[Table]) -> int:
    """The highest number of a table's rows, 0 without any."""
    return table.select(fn.MAX(table.primary_key())).scalar() or 0

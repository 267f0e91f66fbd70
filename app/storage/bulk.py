"""Bulk loading of invented data: indexes and constraints are dropped first and created again at the end."""

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
    """Load rows at full speed inside the block, with no other user of the database.

    Indexes are created again when the block ends, also after an error. PostgreSQL then checks the foreign keys;
    SQLite does not check rows that are already there.
    """
    if isinstance(database.obj, SqliteDatabase):
        pragmas = {name: database.pragma(name) for name in ("foreign_keys", "synchronous", "cache_size")}
        dropped = _pairs(_SQLITE_INDEXES)
        fast = {"foreign_keys": 0, "synchronous": 0, "cache_size": -400_000}
    else:
        pragmas, fast = {}, {}
        dropped = _pairs(_POSTGRES_REFERENCES) + _pairs(_POSTGRES_INDEXES)
    for name, value in fast.items():
        database.pragma(name, value)
    for drop, _create in dropped:
        database.execute_sql(drop)
    try:
        yield
    finally:
        for _drop, create in reversed(dropped):
            database.execute_sql(create)
        for name, value in pragmas.items():
            database.pragma(name, value)
        _tidy()


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(drop, create) for drop, create in database.execute_sql(query).fetchall()]


def _tidy() -> None:
    """Refresh the planner's statistics and, on PostgreSQL, set each id sequence to its table's highest id."""
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
    connection.autocommit = True  # VACUUM cannot run inside a transaction
    connection.execute("VACUUM ANALYZE")


def add(table: type[Table], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows given as tuples in the order of `columns`, with values as the database stores them.

    Columns that are not listed get their model's default.
    """
    defaults = {
        field.column_name: field.default for field in table.fields_without() if field.default is not None
    }
    filler = tuple(value for name, value in defaults.items() if name not in columns)
    names = [*columns, *(name for name in defaults if name not in columns)]
    target = f'"{table.table_name()}" ({", ".join(names)})'
    connection = database.connection()
    if isinstance(database.obj, SqliteDatabase):
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {target} VALUES ({marks})", (row + filler for row in rows))
        return
    with connection.cursor().copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row + filler)


def last_id(table: type[Table]) -> int:
    """Return the highest primary key of a table, 0 if it is empty."""
    return table.select(fn.MAX(table.primary_key())).scalar() or 0

"""Bulk loading of invented data: indexes and constraints are dropped first and created again at the end."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from peewee import AutoField, OperationalError, SqliteDatabase, fn

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
_POSTGRES_OTHERS = """SELECT 1 FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"""


class InUse(Exception):
    """Raised when another process uses the database."""


@contextmanager
def loading() -> Iterator[None]:
    """Load rows at full speed inside the block, alone: InUse if another process uses the database.

    Indexes are created again when the block ends, also after an error. PostgreSQL then checks the foreign keys;
    SQLite does not check rows that are already there.
    """
    with _loading_sqlite() if isinstance(database.obj, SqliteDatabase) else _loading_postgres():
        yield


@contextmanager
def _loading_sqlite() -> Iterator[None]:
    pragmas = {name: database.pragma(name) for name in ("foreign_keys", "synchronous", "cache_size")}
    fast = {"foreign_keys": 0, "synchronous": 0, "cache_size": -400_000}
    with _alone_in_the_file():
        for name, value in fast.items():
            database.pragma(name, value)
        dropped = _pairs(_SQLITE_INDEXES)
        _drop(dropped)
        try:
            yield
        finally:
            _create(dropped)
            for name, value in pragmas.items():
                database.pragma(name, value)
        database.execute_sql("PRAGMA analysis_limit = 1000")
        database.execute_sql("ANALYZE")


@contextmanager
def _alone_in_the_file() -> Iterator[None]:
    """Lock the file against every other connection, which gets "database is locked" until the block ends."""
    database.execute_sql("PRAGMA locking_mode = EXCLUSIVE")
    try:
        try:
            with database.atomic():  # the lock is taken with the first transaction that may write
                pass
        except OperationalError as refusal:
            raise InUse from refusal
        yield
    finally:
        database.execute_sql("PRAGMA locking_mode = NORMAL")
        database.execute_sql("SELECT 1 FROM sqlite_master").fetchall()  # the lock goes with the next read


@contextmanager
def _loading_postgres() -> Iterator[None]:
    """Load in one transaction, so that other connections wait, and an error leaves everything as it was."""
    with database.atomic():
        if database.execute_sql(_POSTGRES_OTHERS).fetchone():
            raise InUse
        # On a busy machine it waits longer than a request may for those who make the rows.
        database.execute_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        tables = ", ".join(f'"{table.table_name()}"' for table in TABLES)
        database.execute_sql(f"LOCK TABLE {tables}")
        dropped = _pairs(_POSTGRES_REFERENCES) + _pairs(_POSTGRES_INDEXES)
        _drop(dropped)
        yield
        _create(dropped)
        for table in TABLES:
            name, key = table.table_name(), table.primary_key()
            if isinstance(key, AutoField):
                last = f'SELECT coalesce(max(id), 1) FROM "{name}"'
                database.execute_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), ({last}))")
    connection = database.connection()
    connection.autocommit = True  # VACUUM cannot run inside a transaction
    connection.execute("VACUUM ANALYZE")


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(drop, create) for drop, create in database.execute_sql(query).fetchall()]


def _drop(pairs: Iterable[tuple[str, str]]) -> None:
    for drop, _ in pairs:
        database.execute_sql(drop)


def _create(pairs: Sequence[tuple[str, str]]) -> None:
    for _, create in reversed(pairs):
        database.execute_sql(create)


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

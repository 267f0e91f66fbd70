"""One database, SQLite or PostgreSQL by its URL, bound when the service starts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
from peewee import Database, DatabaseProxy, DateTimeField
from playhouse.db_url import connect
from playhouse.migrations import Runner
from playhouse.pool import PooledSqliteDatabase

database = DatabaseProxy()

MIGRATIONS = Path(__file__).parent / "migrations"

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a filing that was confirmed survives a power cut
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "cache_size": -16_000,
}


class UtcField(DateTimeField):
    """An instant: aware in Python, naive UTC in the database, the same on every engine."""

    def db_value(self, value: datetime | None) -> Any:
        adapt: Any = super().db_value
        return adapt(value and value.astimezone(UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> datetime | None:
        # SQLite keeps a text that we wrote ourselves: read at once, without trying formats.
        naive = datetime.fromisoformat(value) if isinstance(value, str) else value
        return naive.replace(tzinfo=UTC) if naive else None


def open_database(url: str) -> Database:
    """The pooled database behind a URL: `sqlite:///file` or `postgresql://user:password@host/name`."""
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return PooledSqliteDatabase(
            path,
            pragmas=_PRAGMAS,
            # Without IMMEDIATE, a read followed by a write in one transaction fails under load.
            lock_type="IMMEDIATE",
            check_same_thread=False,  # the pool hands a connection from one thread to the next
            max_connections=32,
            stale_timeout=600,
        )
    scheme, _, rest = url.partition("://")
    if scheme in ("postgres", "postgresql"):
        return connect(
            f"psycopg3+pool://{rest}", unquote_password=True, max_connections=32, stale_timeout=600
        )
    raise ValueError(f"DATABASE_URL begins with {scheme}:, which is neither sqlite: nor postgresql:")


def bind(url: str) -> Database:
    """Open the database and make every model use it."""
    opened = open_database(url)
    database.initialize(opened)
    return opened


def migrate() -> list[str]:
    """Bring the schema up to date; the names of the migrations that ran."""
    with database.connection_context():
        return [str(name) for name in Runner(database.obj, directory=str(MIGRATIONS)).up()]


def pending() -> list[str]:
    """Migrations that have not run: a deployment does not start with any."""
    with database.connection_context():
        status = Runner(database.obj, directory=str(MIGRATIONS)).status()
        return [str(migration.name) for migration in status if not migration.applied]


def row_lock(query: Any, skip_locked: bool = False) -> Any:
    """Lock the rows where the engine can; SQLite already locks the whole file for the writer."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        return query
    return query.for_update("FOR UPDATE SKIP LOCKED" if skip_locked else "FOR UPDATE")

"""One database, SQLite or PostgreSQL by its URL, bound when the service starts."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
from peewee import Database, DatabaseProxy, DateTimeField
from playhouse.db_url import connect
from playhouse.migrations import Runner
from playhouse.pool import PooledSqliteDatabase

from app.variables import QUOTING, BadValue, address

database = DatabaseProxy()

MAX_CONNECTIONS = 32  # of a process: as many as it may have threads, see WEB_THREADS
MIGRATIONS = Path(__file__).parent / "migrations"

_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a filing that was confirmed survives a power cut
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "cache_size": -16_000,
}
_LOCK = int.from_bytes(b"migrate")  # PostgreSQL: any number that nothing else of the database locks


class UtcField(DateTimeField):
    """An instant: aware in Python, naive UTC in the database, the same on every engine."""

    def db_value(self, value: datetime | None) -> Any:
        adapt: Any = super().db_value
        return adapt(value and value.astimezone(UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> datetime | None:
        # SQLite keeps a text that we wrote ourselves: read at once, without trying formats.
        naive = datetime.fromisoformat(value) if isinstance(value, str) else value
        return naive.replace(tzinfo=UTC) if naive else None


class Unreachable(Exception):
    """The database does not open. The message is the driver's reason: it holds no password."""


def check_url(url: str) -> None:
    """Raise BadValue unless a URL is `sqlite:///file` or `postgresql://user:password@host/name`; nothing is opened."""
    if url.startswith("sqlite:"):
        if not url.removeprefix("sqlite:").removeprefix("///"):
            raise BadValue("names no file")
        if not url.startswith("sqlite:///"):
            raise BadValue(
                "has no three slashes before its file: sqlite:///file, and a fourth for a path from the root"
            )
    elif url.startswith(("postgresql://", "postgres://")):
        name = address(url, host_needed=False).path.strip("/")
        if not name:
            raise BadValue("names no database after its host")
        if "@" in name:  # the driver would tell it, and it holds the end of the password
            raise BadValue(f"has an @ after its host; {QUOTING}")
    else:
        raise BadValue("begins with neither sqlite:/// nor postgresql://")


def open_database(url: str) -> Database:
    """The pooled database behind a URL that `check_url` takes."""
    check_url(url)
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return PooledSqliteDatabase(
            path,
            pragmas=_PRAGMAS,
            # Without IMMEDIATE, a read followed by a write in one transaction fails under load.
            lock_type="IMMEDIATE",
            check_same_thread=False,  # the pool hands a connection from one thread to the next
            max_connections=MAX_CONNECTIONS,
            stale_timeout=600,
        )
    rest = url.partition("://")[2]
    return connect(
        f"psycopg3+pool://{rest}", unquote_password=True, max_connections=MAX_CONNECTIONS, stale_timeout=600
    )


def bind(url: str) -> Database:
    """Open the database and make every model use it."""
    opened = open_database(url)
    database.initialize(opened)
    return opened


def bind_reachable(url: str) -> None:
    """Bind the database and connect once; raise `Unreachable` where that fails. No connection stays open."""
    try:
        bind(url)
        database.connect()
    except (OSError, peewee.PeeweeException) as error:
        raise Unreachable(str(error).partition("\n")[0]) from error
    database.close()
    database.close_idle()


class Unmigrated(Exception):
    """Migrations have not run; the sentence names them and the command that runs them."""


class OtherHistory(Exception):
    """The database went through other migrations than those of this version; the sentence says which."""


def migrate() -> list[str]:
    """Bring the schema up to date and return the names of the migrations that ran.

    One process at a time: another one waits, then finds nothing left to run. Raises `OtherHistory`.
    """
    with _alone():
        runner = _runner()
        _refuse_other_history(runner)
        return [str(name) for name in runner.up()]


def pending() -> list[str]:
    """Return the names of the migrations that have not run."""
    with database.connection_context():
        return [str(migration.name) for migration in _runner().status() if not migration.applied]


def require_migrated() -> None:
    """Raise `Unmigrated` where a migration has not run: nothing serves or works on such a database.

    No connection stays open: gunicorn may load the application before it forks.
    """
    missing = pending()
    database.close_idle()
    if missing:
        raise Unmigrated(f"the database lacks {', '.join(missing)}. Run: python -m app.cli migrate")


def _runner() -> Runner:
    return Runner(database.obj, directory=str(MIGRATIONS))


def _refuse_other_history(runner: Runner) -> None:
    """Raise `OtherHistory` where a migration that has not run comes before one that ran."""
    status = runner.status()
    last = max((migration.idx for migration in status if migration.applied), default=0)
    late = [migration.name for migration in status if not migration.applied and migration.idx <= last]
    if late:
        applied = ", ".join(migration.name for migration in status if migration.applied)
        raise OtherHistory(
            f"the database went through {applied}, and not through {', '.join(late)}, which comes before. "
            "It is not one of this version: begin with an empty one."
        )


@contextmanager
def _alone() -> Iterator[None]:
    """Connect with the lock of migrations held until the block ends; wait while another process holds it."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        # Not in the database: two processes that make a new file collide before they could lock anything in it.
        with _locked(Path(database.obj.database).parent), database.connection_context():
            yield
        return
    with database.connection_context():
        # Of the session, not of a transaction: each migration has its own.
        database.execute_sql("SELECT pg_advisory_lock(%s)", (_LOCK,))
        try:
            yield
        finally:
            database.execute_sql("SELECT pg_advisory_unlock(%s)", (_LOCK,))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the exclusive lock of a folder (flock(2)); the kernel releases it when the process ends."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def row_lock(query: Any, skip_locked: bool = False) -> Any:
    """Lock the rows where the engine can; SQLite already locks the whole file for the writer."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        return query
    return query.for_update("FOR UPDATE SKIP LOCKED" if skip_locked else "FOR UPDATE")

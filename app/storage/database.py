"""The one database, SQLite or PostgreSQL, bound when the service starts, and its migrations."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
from peewee import Database, DateTimeField
from playhouse.migrations import Runner
from playhouse.pool import PooledSqliteDatabase

from app.storage import replica
from app.storage.postgres import open_postgres
from app.variables import QUOTING, BadValue, address

database = replica.Routed()
UNAVAILABLE = replica.UNAVAILABLE

MAX_CONNECTIONS = 32  # of a process: as many as it may have threads, see web_server.threads
MIGRATIONS = Path(__file__).parent / "migrations"

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # a confirmed filing survives a power cut
    "foreign_keys": 1,
    "busy_timeout": 10_000,  # as long as a statement of a page may take on PostgreSQL: `STATEMENT_SECONDS` of app.factory
    "cache_size": -16_000,
}
_LOCK = int.from_bytes(b"migrate")  # PostgreSQL: an advisory lock not used otherwise


class UtcField(DateTimeField):
    """An instant: aware in Python, naive UTC in the database on both engines."""

    def db_value(self, value: datetime | None) -> Any:
        adapt: Any = super().db_value
        return adapt(value and value.astimezone(UTC).replace(tzinfo=None))

    def python_value(self, value: Any) -> datetime | None:
        # SQLite stores text, always written by db_value: fromisoformat suffices, without trying formats.
        naive = datetime.fromisoformat(value) if isinstance(value, str) else value
        return naive.replace(tzinfo=UTC) if naive else None


class Unreachable(Exception):
    """Raised when the database cannot be opened. The message is the driver's, without the password."""


def check_url(url: str) -> None:
    """Raise BadValue unless a URL is `sqlite:///file` or `postgresql://user:password@host/name`.

    Nothing is opened.
    """
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
        if "@" in name:  # the driver's message would show it, with the end of the password
            raise BadValue(f"has an @ after its host; {QUOTING}")
    else:
        raise BadValue("begins with neither sqlite:/// nor postgresql://")


def check_replica_url(url: str) -> None:
    """Raise BadValue unless a URL is one that `check_url` takes, or empty: none."""
    if url:
        check_url(url)


def open_database(url: str, statement_seconds: int | None = None) -> Database:
    """Return the pooled database of a URL; BadValue if `check_url` rejects it.

    No statement takes longer than `statement_seconds` on PostgreSQL; without, as commands need it, it may take hours.
    """
    check_url(url)
    if url.startswith("sqlite:"):
        path = url.removeprefix("sqlite:///")
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        return PooledSqliteDatabase(
            path,
            pragmas=PRAGMAS,
            # Without IMMEDIATE, a read followed by a write in one transaction fails under load.
            lock_type="IMMEDIATE",
            check_same_thread=False,  # the pool hands a connection from one thread to the next
            max_connections=MAX_CONNECTIONS,
            stale_timeout=600,
        )
    return open_postgres(url, MAX_CONNECTIONS, statement_seconds)


def bind(url: str, statement_seconds: int | None = None, replica_url: str = "") -> Database:
    """Open the database and make every model use it, and its replica if there is one; see `open_database`."""
    opened = open_database(url, statement_seconds)
    database.initialize(opened)
    database.read_from(open_database(replica_url, statement_seconds) if replica_url else None)
    return opened


def bind_reachable(url: str) -> None:
    """Bind the database and connect once; Unreachable if that fails. No connection stays open."""
    try:
        bind(url)
        database.connect()
    except (OSError, peewee.PeeweeException) as error:
        raise Unreachable(str(error).partition("\n")[0]) from error
    database.close()
    database.close_idle()


@contextmanager
def connected() -> Iterator[None]:
    """Hold a connection in this block; one that failed does not go back to the pool."""
    opened = database.connect(reuse_if_open=True)
    try:
        yield
    except UNAVAILABLE:
        database.manual_close()
        raise
    finally:
        if opened and not database.is_closed():
            database.close()


def clock() -> datetime:
    """Return the present instant by the clock of the database; on SQLite, this machine's."""
    lite = isinstance(database.obj, peewee.SqliteDatabase)
    asked = "strftime('%Y-%m-%d %H:%M:%f', 'now')" if lite else "clock_timestamp() AT TIME ZONE 'UTC'"
    ((found,),) = database.execute_sql(f"SELECT {asked}").fetchall()
    return (datetime.fromisoformat(found) if isinstance(found, str) else found).replace(tzinfo=UTC)


class Unmigrated(Exception):
    """Raised when migrations have not run; the message names them and the command that runs them."""


class OtherHistory(Exception):
    """Raised when the database went through other migrations than this version's; the message names them."""


def migrate() -> list[str]:
    """Run the migrations that have not run and return their names; OtherHistory if the database has others.

    One process at a time: a second one waits, then finds nothing left to run.
    """
    with _alone():
        runner = _runner()
        _refuse_other_history(runner)
        done = [str(name) for name in runner.up()]
        if isinstance(database.obj, peewee.SqliteDatabase):
            never_give_an_id_again()
        return done


_ID = '"id" INTEGER NOT NULL PRIMARY KEY'


def never_give_an_id_again() -> None:
    """Make SQLite number rows as PostgreSQL does: the id of a deleted row is not given to the next one.

    Otherwise an act sent twice would fall upon another row. Peewee creates tables without AUTOINCREMENT; the word
    changes nothing in what is stored, so the schema is changed as https://www.sqlite.org/lang_altertable.html#otheralter
    allows it, and other connections read it anew because its version does.
    """
    lacking = f"type = 'table' AND sql LIKE '%{_ID}%' AND sql NOT LIKE '%{_ID} AUTOINCREMENT%'"
    if not database.execute_sql(f"SELECT 1 FROM sqlite_master WHERE {lacking}").fetchone():
        return
    with database.atomic():
        # The first such table makes SQLite create the one where it counts.
        database.execute_sql("CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT)")
        database.execute_sql("DROP TABLE numbered")
        ((version,),) = database.execute_sql("PRAGMA schema_version").fetchall()
        database.execute_sql("PRAGMA writable_schema = ON")
        new = f"replace(sql, '{_ID}', '{_ID} AUTOINCREMENT')"
        database.execute_sql(f"UPDATE sqlite_master SET sql = {new} WHERE {lacking}")
        database.execute_sql(f"PRAGMA schema_version = {version + 1}")
        database.execute_sql("PRAGMA writable_schema = OFF")


def pending() -> list[str]:
    """Return the names of the migrations that have not run."""
    with connected():
        return [str(migration.name) for migration in _runner().status() if not migration.applied]


def require_migrated() -> None:
    """Raise Unmigrated if a migration has not run, so that no process serves or works on an old schema.

    No connection stays open: a web server may load the application before it forks.
    """
    missing = pending()
    database.close_idle()
    if missing:
        raise Unmigrated(f"the database lacks {', '.join(missing)}. Run: python -m app.cli migrate")


def _runner() -> Runner:
    return Runner(database.obj, directory=str(MIGRATIONS))


def _refuse_other_history(runner: Runner) -> None:
    """Raise OtherHistory if a migration that has not run precedes one that has."""
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
    """Connect, holding the lock of migrations until the block ends; wait while another process holds it."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        # Not a lock in the database: two processes that create a new file collide before they can lock it.
        with _locked(Path(database.obj.database).parent), database.connection_context():
            yield
        return
    with database.connection_context():
        # A session lock: each migration has its own transaction.
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
    """Lock the selected rows on PostgreSQL; a transaction on SQLite already locks the whole file."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        return query
    return query.for_update("FOR UPDATE SKIP LOCKED" if skip_locked else "FOR UPDATE")

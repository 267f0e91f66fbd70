"""PostgreSQL through a pool, with a limit to every wait: for a connection, an answer, a lock, an idle transaction."""

from typing import Any

import psycopg
from peewee import IntegrityError
from playhouse.db_url import parse
from playhouse.postgres_ext import PooledPsycopg3Database, Psycopg3ExtAdapter

from app.outside import Away, Part
from app.storage import repeating

CONNECT_SECONDS = 3
LOCK_SECONDS = 8
IDLE_IN_TRANSACTION_SECONDS = 60
# The server ends a statement itself; one that says nothing at all is given up by us soon after.
SILENCE_SECONDS = 2.0
POOL_SECONDS = 2  # for a connection of the pool
REST_SECONDS = 3.0
# By what the kernel notices a server that vanished, while nothing is sent or something is not acknowledged.
LINE = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}


class Bounded(psycopg.Connection[Any]):
    """A connection whose server is given up when it says nothing; it is left alone for a while then."""

    part: Part | None = None
    seconds: float | None = None

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for an answer, at most `seconds`; OperationalError without one, and the connection is closed."""
        if self.part is None:
            return super().wait(gen, interval, timeout)
        try:
            with self.part.call():
                try:
                    return super().wait(gen, interval, self.seconds if timeout is None else timeout)
                except psycopg.Error as error:
                    if error.sqlstate is None:  # not an answer of the server
                        raise
                    answered = error
        except Away as away:
            gen.close()
            self.close()
            raise psycopg.OperationalError(str(away)) from away
        except psycopg.OperationalError as error:
            if self.closed:  # by the server: its reason is the driver's
                raise
            self.close()
            raise psycopg.OperationalError("the database does not answer") from error
        raise answered


class Adapter(Psycopg3ExtAdapter):
    """How Peewee connects: one frozen server is tried by one caller at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.part = Part("database", at_once=1000, failures=1, rest_seconds=REST_SECONDS, lends=False)

    def connect(self, db: Any, *, statement_seconds: int | None, **params: Any) -> Bounded:
        """Return a new connection; OperationalError if there is none in time."""
        try:
            with self.part.call():
                connection = Bounded.connect(dbname=db.database, **params)
        except Away as away:
            raise psycopg.OperationalError(str(away)) from away
        connection.part = self.part
        connection.seconds = statement_seconds and statement_seconds + SILENCE_SECONDS
        return connection

    def is_connection_closed(self, conn: Bounded) -> bool:
        """Ask a kept connection whether its server is there, for a moment only: the pool holds its lock meanwhile."""
        seconds, conn.seconds = conn.seconds, SILENCE_SECONDS
        try:
            return bool(super().is_connection_closed(conn))
        finally:
            conn.seconds = seconds


class BoundedPostgres(PooledPsycopg3Database):
    """A database whose connections are bounded, and whose transactions know their request."""

    psycopg3_adapter = Adapter

    def commit(self) -> None:
        """Commit, with the key of the request in hand: see app.storage.repeating."""
        with repeating.committing() as found:
            if found:
                try:
                    self.execute_sql("INSERT INTO done_request (key, at) VALUES (%s, %s)", found)
                except IntegrityError:
                    raise repeating.AlreadyDone from None
            super().commit()


def open_postgres(url: str, most: int, statement_seconds: int | None) -> BoundedPostgres:
    """Return the database of a URL, whose parameters win over ours; no limit to statements without `statement_seconds`.

    A pooler in transaction mode refuses `options`: `?options=` in the URL leaves them out, and the role has them then.
    Nor are statements prepared then: the next transaction may have another server.
    """
    bounds = {
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_SECONDS,
        "lock_timeout": LOCK_SECONDS if statement_seconds else 0,
        "statement_timeout": statement_seconds or 0,
    }
    options = " ".join(f"-c {name}={seconds}s" for name, seconds in bounds.items())
    ours = {"connect_timeout": CONNECT_SECONDS, "options": options, **LINE}
    given = ours | parse(url, unquote_password=True)
    if not given["options"]:
        given.setdefault("prepare_threshold", None)
    return BoundedPostgres(
        **given,
        statement_seconds=statement_seconds,
        max_connections=most,
        stale_timeout=600,
        timeout=POOL_SECONDS,
    )

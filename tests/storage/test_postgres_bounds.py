"""PostgreSQL that hangs, is slow, or is locked: every wait ends, and it heals by itself."""

import threading
from collections.abc import Iterator

import pytest
from peewee import OperationalError

from app.storage.database import open_database
from app.storage.postgres import BoundedPostgres
from tests.servers.freezing import Freezing, freezing
from tests.servers.postgres import Postgres

pytestmark = pytest.mark.engines("postgres")


@pytest.fixture
def proxy(postgres: Postgres) -> Iterator[Freezing]:
    """A proxy before the server."""
    with freezing(postgres.port) as found:
        yield found


@pytest.fixture
def database(postgres: Postgres, proxy: Freezing) -> Iterator[BoundedPostgres]:
    """A database through the proxy."""
    opened = open_database(postgres.url("postgres").replace(str(postgres.port), str(proxy.port)), 100)
    yield opened
    proxy.thaw()
    opened.close_all()


def shown(database: BoundedPostgres, name: str) -> str:
    ((value,),) = database.execute_sql(f"SHOW {name}").fetchall()
    return str(value)


def test_a_frozen_server_is_given_up_and_asked_again_later(
    database: BoundedPostgres, proxy: Freezing
) -> None:
    with database.connection_context():
        part = database.connection().part
        part.slow_seconds, part.rest_seconds = 0.2, 1000.0
        database.connection().seconds = 0.4
        proxy.freeze()
        with pytest.raises(OperationalError, match="does not answer"):
            database.execute_sql("SELECT 1")
    came = proxy.all_that_came()
    for _ in range(10):
        with pytest.raises(OperationalError, match="hangs"), database.connection_context():
            raise AssertionError("connected")
    assert proxy.all_that_came() == came, "nobody else waits for it"
    proxy.thaw()
    now = part.clock()
    part.clock = lambda: now + 1001
    with database.connection_context():
        assert database.execute_sql("SELECT 1").fetchall() == [(1,)]


def test_a_kept_connection_is_not_waited_for_as_long_as_a_statement(
    postgres: Postgres, proxy: Freezing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All threads of a process wait for the pool's lock, which is held while a kept connection is asked."""
    url = postgres.url("postgres").replace(str(postgres.port), str(proxy.port))
    opened = open_database(url, 1000)
    with opened.connection_context():
        part = opened.connection().part
        part.slow_seconds, part.rest_seconds = 0.2, 1000.0
    monkeypatch.setattr("app.storage.postgres.SILENCE_SECONDS", 0.3)
    proxy.freeze()
    with pytest.raises(OperationalError, match="hangs"):
        opened.connect()
    proxy.thaw()
    opened.close_all()


def test_a_connection_that_never_comes_is_given_up(
    postgres: Postgres, proxy: Freezing, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.freeze()
    url = postgres.url("postgres").replace(str(postgres.port), str(proxy.port))
    opened = open_database(f"{url}?connect_timeout=2")  # the least that libpq takes
    with pytest.raises(OperationalError):
        opened.connect()
    came = proxy.all_that_came()
    with pytest.raises(OperationalError, match="hangs"):
        opened.connect()
    assert proxy.all_that_came() == came


def test_a_statement_that_takes_too_long_is_ended_and_is_no_frozen_server(postgres: Postgres) -> None:
    database = open_database(postgres.url("postgres"), 1)
    with database.connection_context():
        database.connection().part.slow_seconds = 0.1
        with pytest.raises(OperationalError, match="statement timeout"):
            database.execute_sql("SELECT pg_sleep(20)")
        assert database.execute_sql("SELECT 1").fetchall() == [(1,)]
    database.close_all()


def test_commands_may_take_as_long_as_they_need(postgres: Postgres) -> None:
    opened = open_database(postgres.url("postgres"))
    with opened.connection_context():
        assert shown(opened, "statement_timeout") == "0"
        assert shown(opened, "idle_in_transaction_session_timeout") == "1min"
    opened.close_all()


def test_what_the_url_says_wins(postgres: Postgres) -> None:
    opened = open_database(postgres.url("postgres") + "?options=-c%20statement_timeout%3D7s", 1)
    with opened.connection_context():
        assert shown(opened, "statement_timeout") == "7s"
        assert shown(opened, "lock_timeout") == "0"
    opened.close_all()


def test_a_full_pool_is_waited_for(database: BoundedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_max_connections", 1)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with database.connection_context():
            taken.set()
            done.wait(0.2)

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(100)
    with database.connection_context():
        assert database.execute_sql("SELECT 1").fetchall() == [(1,)]
    holder.join()

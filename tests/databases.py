"""Databases for tests: one an engine, kept and emptied after each test, cloned from one that was migrated once."""

import shutil
import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import peewee
import psycopg

from app.storage import database
from tests.servers.postgres import Postgres

ENGINES = ("sqlite", "postgres")


class Kept(Protocol):
    """A database that serves one test after another."""

    url: str

    def empty(self) -> bool:
        """Bring it back to every table and no row; False when it has to be replaced."""

    def close(self) -> None:
        """Close the connection that empties it."""


class KeptSqlite:
    """A SQLite file, overwritten with the pages of its template: rows, schema and counters are as at first."""

    def __init__(self, url: str, template: Path) -> None:
        self.url = url
        self.template = sqlite3.connect(":memory:")
        source = sqlite3.connect(template)
        source.backup(self.template)
        source.close()
        self.connection = sqlite3.connect(path_of(url), timeout=2)
        self.connection.execute("PRAGMA synchronous = off")

    def empty(self) -> bool:
        """Copy the template over it: 0.5 ms."""
        self.template.backup(self.connection)
        return True

    def close(self) -> None:
        """Close both connections."""
        self.connection.close()
        self.template.close()


class KeptPostgres:
    """A PostgreSQL database whose used tables are emptied by DELETE: TRUNCATE of them takes 5 times as long."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection = psycopg.connect(url, autocommit=True)
        # Replica: no trigger refuses the deletion of an append-only row, no foreign key asks for an order.
        self._run("SET session_replication_role = replica; SET lock_timeout = '2s'")
        tables = [name for (name,) in self._run(_TABLES).fetchall()]
        self.sequences = dict(self._run(_SEQUENCES).fetchall())
        self.used = " UNION ALL ".join(self._is_used(name) for name in tables)
        self._run(_COUNT_SCHEMA_CHANGES)
        self.schema = self._schema()

    def empty(self) -> bool:
        """Delete the rows and restart the ids; False where a test changed the schema."""
        if self._schema() != self.schema:
            return False
        used = [name for (name,) in self._run(self.used).fetchall()]
        statements = [f'DELETE FROM "{name}"' for name in used]
        statements += [
            f"SELECT setval('{self.sequences[name]}', 1, false)" for name in used if name in self.sequences
        ]
        if statements:
            self._run("; ".join(statements))  # sent at once, hence one transaction
        return True

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()

    def _is_used(self, table: str) -> str:
        used = f'EXISTS (SELECT 1 FROM "{table}")'
        if table in self.sequences:  # rows may have come and gone
            used += f" OR (SELECT is_called FROM {self.sequences[table]})"
        return f"SELECT '{table}' WHERE {used}"

    def _schema(self) -> object:
        return self._run("SELECT last_value, is_called FROM testing.schema_changes").fetchone()

    def _run(self, statements: str) -> psycopg.Cursor[tuple[str, ...]]:
        return self.connection.execute(statements.encode())


_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migration'
"""
_SEQUENCES = """
SELECT owner.relname, sequence.oid::regclass::text
FROM pg_class sequence
JOIN pg_depend link ON link.objid = sequence.oid AND link.deptype IN ('a', 'i')
JOIN pg_class owner ON owner.oid = link.refobjid
WHERE sequence.relkind = 'S'
"""
_COUNT_SCHEMA_CHANGES = """
CREATE SCHEMA testing;
CREATE SEQUENCE testing.schema_changes;
CREATE FUNCTION testing.schema_changed() RETURNS event_trigger LANGUAGE plpgsql
AS $$ BEGIN PERFORM nextval('testing.schema_changes'); END $$;
CREATE EVENT TRIGGER schema_changed ON ddl_command_end EXECUTE FUNCTION testing.schema_changed()
"""


class Databases:
    """Makes, keeps and drops databases on both engines; PostgreSQL starts when the first one is asked of it."""

    def __init__(self, home: Path, server: Callable[[], Postgres]) -> None:
        self.home = home
        self.server = server
        self.numbers = count(1)
        self.templates: dict[str, str] = {}
        self.kept: dict[str, Kept] = {}
        self.pools: dict[str, peewee.Database] = {}

    def empty(self, engine: str) -> str:
        """The URL of a database without any table."""
        return self._create(engine, "template0")

    def migrated(self, engine: str) -> str:
        """The URL of a new database with every table and no row."""
        template = self._template(engine)
        if engine == "postgres":
            return self._create(engine, template.rpartition("/")[2])
        url = self._create(engine, "")
        shutil.copyfile(path_of(template), path_of(url))
        return url

    def lend(self, engine: str) -> str:
        """The URL of a database with every table and no row, for one test: `take_back` ends it."""
        if engine not in self.kept:
            url = self.migrated(engine)
            self.kept[engine] = (
                KeptPostgres(url)
                if engine == "postgres"
                else KeptSqlite(url, path_of(self._template(engine)))
            )
        return self.kept[engine].url

    def take_back(self, engine: str) -> None:
        """Empty what was lent, or drop it where that fails: a test left a lock or another schema."""
        kept = self.kept[engine]
        try:
            emptied = kept.empty()
        except (psycopg.Error, sqlite3.Error):
            emptied = False
        if not emptied:
            self.drop(self._let_go(engine))

    def pool(self, url: str) -> peewee.Database:
        """The pooled connections of a database that is lent, kept as long as it is."""
        if url not in self.pools:
            self.pools[url] = database.open_database(url)
        return self.pools[url]

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        if url.startswith("postgresql:"):
            self._query(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')
            return
        for leftover in self.home.glob(f"{path_of(url).name}*"):
            leftover.unlink()

    def close(self) -> None:
        """Close every connection; the databases go with their servers, which may have ended before."""
        for engine in list(self.kept):
            self._let_go(engine)

    def _let_go(self, engine: str) -> str:
        kept = self.kept.pop(engine)
        kept.close()
        if pool := self.pools.pop(kept.url, None):
            pool.close_all()
        return kept.url

    def _create(self, engine: str, template: str) -> str:
        name = f"{engine}_{next(self.numbers)}"
        if engine == "sqlite":
            return f"sqlite:///{self.home / name}.db"
        self._query(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.server().url(name)

    def _template(self, engine: str) -> str:
        if engine not in self.templates:
            url = self.empty(engine)
            before = database.database.obj
            opened = database.bind(url)
            database.migrate()
            opened.close_all()
            database.database.initialize(before)
            self.templates[engine] = url
        return self.templates[engine]

    def _query(self, statement: str) -> None:
        with psycopg.connect(self.server().url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def path_of(url: str) -> Path:
    """The file behind a SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))

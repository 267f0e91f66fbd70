"""A database of its own for each test, cloned in milliseconds from one that was migrated once."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg

from app.storage import database
from tests.servers.postgres import Postgres

ENGINES = ("sqlite", "postgres")


class Databases:
    """Makes and drops databases on both engines; PostgreSQL starts when the first one is asked of it."""

    def __init__(self, home: Path, server: Callable[[], Postgres]) -> None:
        self.home = home
        self.server = server
        self.numbers = count(1)
        self.templates: dict[str, str] = {}

    def empty(self, engine: str) -> str:
        """The URL of a database without any table."""
        return self._create(engine, "template0")

    def migrated(self, engine: str) -> str:
        """The URL of a database with every table and no row."""
        if engine not in self.templates:
            self.templates[engine] = self._template(engine)
        template = self.templates[engine]
        if engine == "postgres":
            return self._create(engine, template.rpartition("/")[2])
        url = self._create(engine, "")
        shutil.copyfile(path_of(template), path_of(url))
        return url

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        if url.startswith("postgresql:"):
            self._query(f'DROP DATABASE IF EXISTS "{url.rpartition("/")[2]}" WITH (FORCE)')
            return
        for leftover in self.home.glob(f"{path_of(url).name}*"):
            leftover.unlink()

    def _create(self, engine: str, template: str) -> str:
        name = f"{engine}_{next(self.numbers)}"
        if engine == "sqlite":
            return f"sqlite:///{self.home / name}.db"
        self._query(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.server().url(name)

    def _template(self, engine: str) -> str:
        url = self.empty(engine)
        before = database.database.obj
        opened = database.bind(url)
        database.migrate()
        opened.close_all()
        database.database.initialize(before)
        return url

    def _query(self, statement: str) -> None:
        with psycopg.connect(self.server().url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


def path_of(url: str) -> Path:
    """The file behind a SQLite URL."""
    return Path(url.removeprefix("sqlite:///"))

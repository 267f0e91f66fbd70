"""A database as it was before one migration, and rows in it, without the models, which know the last schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database
from playhouse.migrations import Runner

from app.storage import database
from app.storage.database import MIGRATIONS
from tests.storage.rows import default


@contextmanager
def before(name: str, url: str) -> Iterator[Database]:
    """Run the migrations that come before one, in an empty database."""
    earlier = database.database.obj
    opened = database.bind(url)
    with opened.connection_context():
        runner = Runner(opened, directory=str(MIGRATIONS))
        names = [migration.name for migration in runner.migrations()]
        runner.up(names[names.index(name) - 1])
    try:
        yield opened
    finally:
        opened.close_all()
        database.database.initialize(earlier)


def insert(opened: Database, table: str, **given: Any) -> int:
    """Insert a row and return its id; columns that are not given and may not be null get a value of their kind."""
    columns = [one for one in opened.get_columns(table) if not one.primary_key]
    row = {one.name: default(one) for one in columns if not one.null} | given
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join([opened.param] * len(row))
    statement = f'INSERT INTO "{table}" ({names}) VALUES ({marks}) RETURNING id'
    with opened.connection_context() if opened.is_closed() else opened.atomic():
        return int(opened.execute_sql(statement, tuple(row.values())).fetchone()[0])


def rows(opened: Database, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table, by their first column."""
    with opened.connection_context() if opened.is_closed() else opened.atomic():
        cursor = opened.execute_sql(f'SELECT * FROM "{table}" ORDER BY 1')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

"""What a test leaves in the database is gone before the next one, whatever it did."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from peewee import DatabaseError

from app.reference import communes
from app.settings import Settings
from app.storage.database import database
from app.storage.models import AuditRecord, Dossier
from tests import factories
from tests.databases import Databases
from tests.fixtures import NOON


@contextmanager
def lent(databases: Databases, engine: str) -> Iterator[str]:
    """A database as a test has it, bound while the block runs."""
    communes.open_reference(Settings().reference_dir)
    before = database.obj
    url = databases.lend(engine)
    database.initialize(databases.pool(url))
    try:
        with database.connection_context():
            yield url
    finally:
        databases.take_back(engine)
        database.initialize(before)


def test_an_empty_database_is_of_its_engine(empty_database_url: str, engine: str) -> None:
    assert empty_database_url.startswith("postgresql://" if engine == "postgres" else "sqlite:///")


def test_rows_are_gone_and_their_numbers_begin_anew(databases: Databases, engine: str) -> None:
    urls = set()
    for _turn in range(2):
        with lent(databases, engine) as url:
            urls.add(url)
            assert Dossier.select().count() == AuditRecord.select().count() == 0
            assert factories.filed().id == 1
            assert AuditRecord.select().exists(), "append-only: a trigger refuses to delete it"
    assert len(urls) == 1, "the database was kept"


def test_the_number_of_a_row_that_went_is_given_again(databases: Databases, engine: str) -> None:
    for _turn in range(2):
        with lent(databases, engine):
            gone = factories.service()
            assert gone.id == 1
            gone.delete_instance()


def test_a_changed_schema_is_mended(databases: Databases, engine: str) -> None:
    with lent(databases, engine):
        on = " ON audit_record" if engine == "postgres" else ""
        database.execute_sql(f"DROP TRIGGER audit_record_kept{on}")
        database.execute_sql("CREATE TABLE other (id INTEGER)")
    with lent(databases, engine):
        assert "other" not in database.get_tables()
        factories.filed()
        with pytest.raises(DatabaseError, match="append-only"), database.atomic():
            AuditRecord.update(at=NOON).execute()


@pytest.mark.engines("postgres")  # SQLite has one writer, and its connections end with the test
def test_a_database_that_is_still_locked_is_replaced(databases: Databases, engine: str) -> None:
    with lent(databases, engine) as url:
        factories.service()
        left = psycopg.connect(url)
        left.execute("LOCK TABLE service")
    left.close()
    assert databases.lend(engine) != url

"""The schema that migrations make is the one that models say."""

import pytest
from flask import Flask
from playhouse.schema_diff import diff_models

from app.storage.database import database
from app.storage.models import TABLES, Account, Attestation, Document, Dossier


def test_models_and_migrations_say_the_same(app: Flask) -> None:
    """Tables, columns, indexes; a partial index by its name only, hence the next test."""
    assert str(diff_models(database.obj, TABLES)) == ""


def _written() -> dict[str, str]:
    """Indexes that schema_diff knows by name only, as the engine writes them."""
    found = [
        one
        for table in (Dossier, Document, Account, Attestation)
        for one in database.obj.get_indexes(table.table_name())
    ]
    return {
        one.name: _bare(one.sql)
        for one in found
        if " WHERE " in one.sql or "->>" in one.sql or "COALESCE" in one.sql
    }


def test_partial_indexes_hold_the_same_columns_under_the_same_condition(app: Flask) -> None:
    """Both are made by the engine, then compared as it writes them."""
    there = _written()
    assert len(there) == 17
    for name in there:
        database.execute_sql(f'DROP INDEX "{name}"')
    for table in (Dossier, Document, Account, Attestation):
        table.create_table(safe=True)  # the table is there: its indexes alone
    assert _written() == there


def _bare(sql: str) -> str:
    """Without quotes, which SQLite keeps as they were typed."""
    return "".join(sql.replace('"', "").replace("(", " ").replace(")", " ").split())


@pytest.mark.engines("postgres")  # SQLite sorts texts by bytes anyway
def test_words_sort_by_bytes(app: Flask) -> None:
    """A prefix is a range of the index on a server in French too."""
    found = database.execute_sql(
        "SELECT collation_name FROM information_schema.columns "
        "WHERE table_name = 'search_word' AND column_name = 'word'"
    )
    assert found.fetchone() == ("C",)

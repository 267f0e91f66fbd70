"""Objects made from rows: the same as Peewee's own readers make, for every compiled query."""

import importlib
import pkgutil
from typing import Any

import pytest
from flask import Flask
from peewee import JOIN, Model

import app.storage
from app import demonstration
from app.storage.compiled_queries import CompiledQuery, CursorSource, Parameter, compiled
from app.storage.database import database
from app.storage.models import Account, Complement, DelayFigure, Dossier, Service, Session
from app.storage.row_reader import row_reader
from tests import factories

# Of which rows the values of each parameter are taken.
VALUES = {
    "account_id": (Account, "id"),
    "dossier_id": (Dossier, "id"),
    "complement_id": (Complement, "id"),
    "digest": (Session, "key"),
    "service_id": (Service, "id"),
    "journey": (DelayFigure, "journey"),
}


def queries() -> dict[str, CompiledQuery[Any]]:
    """Return every compiled query of the storage, by its module and name."""
    names = [found.name for found in pkgutil.walk_packages(app.storage.__path__, "app.storage.")]
    return {
        f"{name}.{key}": value
        for name in names
        for key, value in vars(importlib.import_module(name)).items()
        if isinstance(value, CompiledQuery)
    }


def described(made: Any) -> Any:
    """Return all that an object of a row holds, with the objects joined to it."""
    if not isinstance(made, Model):
        return made
    joined = {name: described(value) for name, value in made.__rel__.items()}
    besides = {name: value for name, value in vars(made).items() if not name.startswith("_")}
    return type(made), made.__data__, joined, besides, made.dirty_fields


def both(query: CompiledQuery[Any], *values: Any) -> list[tuple[Any, Any]]:
    """Return each row of a query as our reader and as Peewee's makes it."""
    statement = query.statement()
    bound = dict(zip(query.names, values, strict=True))
    params = [bound[value.name] if isinstance(value, Parameter) else value for value in statement.params]
    cursor = database.execute_sql(statement.sql, params)
    reader = statement.query.execute(CursorSource(cursor))
    reader.initialize()
    ours = row_reader(reader)
    return [(described(ours(row)), described(reader.process_row(row))) for row in cursor.fetchall()]


@pytest.mark.engines("sqlite")
@pytest.mark.slow
def test_every_compiled_query_reads_as_peewee_reads(app: Flask) -> None:
    demonstration.seed(app)
    seen = {}
    for name, query in queries().items():
        rows = [
            pair
            for values in zip(
                *([getattr(row, VALUES[key][1]) for row in VALUES[key][0].select()] for key in query.names),
                strict=False,
            )
            for pair in both(query, *values)
        ]
        assert [ours for ours, _theirs in rows] == [theirs for _ours, theirs in rows], name
        seen[name] = len(rows)
    assert sum(seen.values()) > 100, seen


@compiled(Dossier)
def _with_service(account_id: Any) -> Any:
    return (
        Dossier.select(Dossier.id, Service.city)
        .join(Service, JOIN.LEFT_OUTER)
        .where(Dossier.account == account_id)
    )


def test_a_joined_row_that_is_not_there_is_none(app: Flask) -> None:
    draft = factories.draft()
    ((ours, theirs),) = both(_with_service, draft.account_id)
    assert ours == theirs
    assert ours[2] == {"service": None}

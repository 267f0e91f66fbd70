"""Reads that may be a second old come from the replica, everything else from the database; without replica, all do."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import IntegerField, Model, OperationalError, SqliteDatabase

from app.storage.replica import Routed
from app.storage.review import figures

pytestmark = pytest.mark.engines("sqlite")

routed = Routed()


class Figure(Model):
    value = IntegerField()

    class Meta:
        database = routed


@routed.a_second_old
def read() -> list[int]:
    return [figure.value for figure in Figure.select()]


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[SqliteDatabase]:
    """A replica that has 2, of a database that has 1."""
    both = [SqliteDatabase(tmp_path / f"{value}.sqlite") for value in (1, 2)]
    for value, opened in enumerate(both, 1):
        routed.initialize(opened)
        with opened.connection_context():
            opened.create_tables([Figure])
            Figure.create(value=value)
    routed.initialize(both[0])
    with routed.connection_context():
        yield both[1]
    routed.read_from(None)


def test_what_may_be_old_comes_from_the_replica_and_nothing_else(replica: SqliteDatabase) -> None:
    assert read() == [1]
    routed.read_from(replica)
    assert read() == [2]
    assert [figure.value for figure in Figure.select()] == [1]
    assert replica.is_closed()


def test_a_replica_that_is_away_is_done_without(
    replica: SqliteDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    routed.read_from(replica)

    def away(*given: object) -> None:
        raise OperationalError("canceling statement due to conflict with recovery")

    monkeypatch.setattr(replica, "execute_sql", away)
    assert read() == [1]
    assert replica.is_closed()


# Nothing of them is read later: a page that is drawn asks no database.
def test_figures_may_be_a_second_old() -> None:
    counted = (figures.durations, figures.outcomes, figures.ages, figures.reasons, figures.dossiers)
    assert all(hasattr(function, "__wrapped__") for function in counted)

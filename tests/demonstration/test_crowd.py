"""A crowd: whole, readable, the same each time, and something that the service can go on from."""

from collections.abc import Iterator

import peewee
import pytest
from flask import Flask
from playhouse.schema_diff import diff_models

from app.demonstration import bulk_dossiers, bulk_services
from app.domain.actions import TRANSITIONS
from app.domain.actions.stages import Stage
from app.domain.dossiers.states import OPEN, State
from app.domain.rules.identifiers import is_reference
from app.services.certificates import attestations
from app.services.operations import audit_check, services_loading
from app.settings import Settings
from app.storage import bulk, outbox_admin
from app.storage import database as storage
from app.storage.applications import rights_coverage, stages
from app.storage.database import database
from app.storage.models import TABLES, Account, DelayFigure, Dossier, Event, Service, StageTime
from app.storage.review import queue
from app.storage.review.queue import Filters
from tests import factories
from tests.databases import Databases
from tests.fixtures import NOON, Clock
from tests.waiting import until
from tests.web.agent_pages import QUEUE, Visitor, address, enter, member

MANY = 600


@pytest.fixture
def database_url(databases: Databases, engine: str) -> Iterator[str]:
    """A database that nobody else is connected to, as bulk loading wants it."""
    url = databases.migrated(engine)
    yield url
    databases.pool(url).close_all()
    databases.drop(url)


@pytest.fixture
def service(app: Flask) -> Service:
    """Lyon, with everybody."""
    services_loading.add_missing()
    bulk_dossiers.generate(MANY, 7, NOON, "69")
    return Service.get(Service.code == "69")


def written() -> list[list[str]]:
    """Everything that is in the tables."""
    return [sorted(map(repr, table.select().tuples())) for table in TABLES]


def test_everybody_has_a_whole_dossier(service: Service) -> None:
    rows = list(Dossier.select())
    assert len(rows) == MANY == Account.select().count()
    assert {one.service_id for one in rows} == {service.id}
    assert all(is_reference(one.reference) for one in rows)
    assert {one.journey for one in rows} == set(bulk_services.PROCEDURES)
    assert {State(one.state) for one in rows} == set(State) - {State.DRAFT}
    assert MANY // 20 < sum(one.state in OPEN for one in rows) < MANY // 4, (
        "most of the old ones are finished"
    )
    assert list(audit_check.broken_chains()) == []
    assert len(list(audit_check.chain_heads())) == MANY


def test_the_schema_is_what_it_was(service: Service) -> None:
    assert str(diff_models(database.obj, TABLES)) == ""
    if isinstance(database.obj, peewee.SqliteDatabase):
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
        assert (database.obj.foreign_keys, database.obj.synchronous) == (1, 2)


def test_the_service_goes_on_from_there(service: Service) -> None:
    last = Dossier.select(peewee.fn.MAX(Dossier.id)).scalar()
    filed = factories.filed()
    assert filed.id > last
    assert Event.select().where(Event.dossier == filed.id).count() == 1
    assert attestations.issue_due_extensions(NOON) == 0, "no right was about to end"
    assert (
        rights_coverage.how_many(service.id, factories.today() + factories.days(7), factories.today())
        <= MANY // 100
    )
    bulk_dossiers.generate(10, 7, NOON, "69")
    assert Dossier.select().count() == MANY + 11


@pytest.mark.engines("sqlite")  # where the numbers of rows can be made to begin again
def test_the_same_seed_makes_the_same_crowd(service: Service) -> None:
    first = written()
    for seed in (7, 8):
        outbox_admin.clear()
        database.execute_sql("DELETE FROM sqlite_sequence")
        services_loading.add_missing()
        bulk_dossiers.generate(MANY, seed, NOON, "69")
        assert (written() == first) is (seed == 7)


def test_an_agent_reads_it(service: Service, visitor: Visitor, clock: Clock) -> None:
    client = enter(visitor(), member(service), clock)
    assert client.get(QUEUE).status_code == 200
    for slug in bulk_services.PROCEDURES:
        one = Dossier.select().where((Dossier.journey == slug) & (Dossier.state != "filed")).first()
        assert client.get(address(one)).status_code == 200
        found = queue.page(service.id, 0, Filters(words=one.identity["surname"]))
        assert found.dossiers
        assert client.get(f"{QUEUE}?q={one.identity['foreign_number']}").text.count(one.reference) >= 1


def test_without_such_a_service_nothing_is_made(app: Flask) -> None:
    with pytest.raises(bulk_services.NoSuchService):
        bulk_dossiers.generate(1, 1, NOON, "6x")
    assert Dossier.select().count() == 0


def test_its_stages_are_those_that_the_service_would_have_noted(service: Service) -> None:
    def noted() -> set[tuple[object, ...]]:
        kept = StageTime.fields_without("id")
        return set(StageTime.select(*kept).tuples())

    made = noted()
    StageTime.delete().execute()
    for dossier in Dossier.select():
        state = State.DRAFT
        for event in Event.select().where(Event.dossier == dossier.id).order_by(Event.id):
            move = next(
                move
                for move in TRANSITIONS
                if (move.action, move.origin, move.role) == (event.action, state, event.role)
            )
            stages.note(dossier, move, event)
            state = move.target
    assert made == noted()
    assert {row.stage for row in StageTime.select(StageTime.stage).distinct()} == set(Stage)


def test_delays_are_published_at_once(service: Service) -> None:
    assert {row.journey for row in DelayFigure.select()} >= {"etudiant", "visiteur", "talent", "domicile"}
    assert all(row.size and row.counted_on == factories.today() for row in DelayFigure.select())


def test_nothing_is_made_beside_somebody_else(service: Service, settings: Settings) -> None:
    there = Dossier.select().count()
    other = storage.open_database(settings.database_url)
    other.connect()
    other.execute_sql("SELECT count(*) FROM dossier").fetchall()
    database.execute_sql("PRAGMA busy_timeout = 0") if isinstance(
        database.obj, peewee.SqliteDatabase
    ) else None
    with pytest.raises(bulk.InUse):
        bulk_dossiers.generate(10, 7, NOON, "69")
    assert Dossier.select().count() == there
    other.close_all()

    def made() -> bool:
        """PostgreSQL takes a moment to notice that a connection was closed."""
        try:
            bulk_dossiers.generate(10, 7, NOON, "69")
        except bulk.InUse:
            return False
        return True

    until(made)
    assert Dossier.select().count() == there + 10


def test_an_error_leaves_the_database_to_the_others(service: Service, settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError), bulk.loading():
        raise ZeroDivisionError
    assert str(diff_models(database.obj, TABLES)) == ""
    other = storage.open_database(settings.database_url)
    with other.connection_context():
        assert other.execute_sql("SELECT count(*) FROM dossier").fetchone() == (MANY,)
    other.close_all()

"""The record of who did or read what: whole as long as nobody touches it, told when somebody does."""

from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import peewee
import pytest

from app.domain.dossiers.states import Role
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.operations import audit_check
from app.services.review import access_log
from app.storage.applications import audit
from app.storage.database import database
from app.storage.models import Agent, AuditRecord, Dossier, Event
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def dossier() -> Dossier:
    """Filed, opened, taken, opened again."""
    made = factories.filed()
    agent = factories.agent(made.service)
    access_log.open_dossier(agent, made.reference, NOON + timedelta(hours=1))
    instruction.take(made, Act(agent, NOON + timedelta(hours=2), dossier_view.last_move(made.id)))
    access_log.open_dossier(agent, made.reference, NOON + timedelta(hours=3))
    return made


def unlocked(query: Any) -> None:
    """Change the record as only somebody can who removes the database's own guard."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        database.execute_sql("DROP TRIGGER IF EXISTS audit_record_kept")
        database.execute_sql("DROP TRIGGER IF EXISTS audit_record_stays")
    else:
        database.execute_sql("DROP TRIGGER IF EXISTS audit_record_kept ON audit_record")
    query.execute()


def found() -> list[str]:
    return [one.reason for one in audit_check.broken_chains()]


def test_every_act_and_every_reading_is_in_one_whole_chain(dossier: Dossier) -> None:
    records = list(AuditRecord.select().order_by(AuditRecord.position))
    acts = [one.action for one in Event.select().order_by(Event.id)]
    assert [one.action for one in records if one.action != "opened"] == acts
    assert [one.position for one in records] == list(range(1, len(records) + 1))
    assert len(audit.readings(dossier.id, 10)) == 2
    assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOON},
        {"role": "system"},
        {"action": "refuse"},
        {"agent": None},
        {"service": None},
        {"facts": {"x": 1}},
        {"previous": "f" * 64},
        {"digest": "f" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_record_is_found(dossier: Dossier, change: dict[str, Any]) -> None:
    chosen = AuditRecord.get(AuditRecord.action == "opened")
    unlocked(AuditRecord.update(**change).where(AuditRecord.id == chosen.id))
    assert found() == [f"record {chosen.position} is not as it was written"]


def test_a_removed_record_is_found(dossier: Dossier) -> None:
    unlocked(AuditRecord.delete().where(AuditRecord.position == 2))
    assert found() == ["record 2 is not as it was written"]


def test_a_changed_act_is_found(dossier: Dossier) -> None:
    Event.update(reason="Autre chose").where(Event.action == "take").execute()
    assert "event" in found()[0]


def test_a_removed_act_is_found(dossier: Dossier) -> None:
    Event.delete().where(Event.action == "take").execute()
    assert "event" in found()[0]


def test_a_chain_cut_short_is_found_by_what_was_noted_elsewhere(dossier: Dossier) -> None:
    noted = list(audit_check.chain_heads())
    assert list(audit_check.missing_chains(noted)) == []
    last = AuditRecord.select().order_by(AuditRecord.position.desc()).get()
    unlocked(AuditRecord.delete().where(AuditRecord.id == last.id))
    assert found() == []
    assert [one.dossier_id for one in audit_check.missing_chains(noted)] == [dossier.id]


@pytest.mark.parametrize("query", [AuditRecord.update(role="system"), AuditRecord.delete()])
def test_the_database_refuses_a_change(dossier: Dossier, query: Any) -> None:
    with pytest.raises(peewee.DatabaseError, match="append-only"), database.atomic():
        query.execute()
    assert found() == []


def test_a_chain_goes_with_its_dossier(dossier: Dossier) -> None:
    Dossier.delete().where(Dossier.id == dossier.id).execute()
    assert not AuditRecord.select().exists()


@pytest.mark.engines("postgres")
def test_two_at_once_make_one_chain(dossier: Dossier) -> None:
    together, agents = Barrier(4), [factories.agent(dossier.service) for _ in range(4)]

    def open_it(agent: Agent) -> None:
        with database.connection_context():
            together.wait()
            for minute in range(5):
                access_log.open_dossier(agent, dossier.reference, NOON + timedelta(days=1, minutes=minute))

    threads = [Thread(target=open_it, args=(agent,)) for agent in agents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditRecord.select().where(AuditRecord.action == "opened").count() == 22
    assert found() == []


def test_another_service_reads_and_records_nothing(dossier: Dossier) -> None:
    stranger, before = factories.agent(factories.service("75", "Paris")), AuditRecord.select().count()
    with pytest.raises(Dossier.DoesNotExist):
        access_log.open_dossier(stranger, dossier.reference, NOON)
    assert AuditRecord.select().count() == before


def test_a_role_is_kept(dossier: Dossier) -> None:
    assert {one.role for one in audit.readings(dossier.id, 10)} == {str(Role.AGENT)}

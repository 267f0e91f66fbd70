# Stages of dossiers that are over, counted; delays told in public; exports, which a trigger keeps as they were written.
# Earlier dossiers are told by their events.
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from peewee import *

from app.storage.database import UtcField

PARIS = ZoneInfo("Europe/Paris")
OPENERS = {
    "submit": ("taking", "whole"),
    "take": ("deciding",),
    "ask": ("waiting",),
    "approve": ("making",),
    "announce": ("collecting",),
}
ENDS = {
    "take": (("taking",), "in_review"),
    "answer": (("waiting",), "complement_received"),
    "approve": (("deciding", "whole"), "favourable"),
    "refuse": (("deciding", "whole"), "unfavourable"),
    "withdraw": (("whole",), "withdrawn"),
    "announce": (("making",), "card_available"),
    "hand_over": (("collecting",), "handed_over"),
    "collect": (("collecting",), "handed_over"),
}
EVENTS = """SELECT event.id, event.dossier_id, event.action, event.agent_id, event.at, dossier.service_id, dossier.journey
FROM event JOIN dossier ON dossier.id = event.dossier_id
WHERE dossier.id > {0} AND dossier.id <= {1} AND dossier.service_id IS NOT NULL ORDER BY event.dossier_id, event.id"""

KEPT = {
    "sqlite": (
        """CREATE TRIGGER export_record_kept BEFORE UPDATE ON export_record
        BEGIN SELECT RAISE(ABORT, 'export_record is append-only'); END""",
    ),
    "postgres": (
        """CREATE FUNCTION export_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'export_record is append-only'; END $$""",
        """CREATE TRIGGER export_record_kept BEFORE UPDATE ON export_record
        FOR EACH ROW EXECUTE FUNCTION export_record_refuse()""",
    ),
}


def day(at):
    naive = datetime.fromisoformat(at) if isinstance(at, str) else at
    return naive.replace(tzinfo=UTC).astimezone(PARIS).date()


def told(events):
    """The rows that the events of some dossiers tell, in the order of the columns of the table."""
    present, opened = None, {}
    for number, dossier, action, agent, at, service, journey in events:
        if dossier != present:
            present, opened = dossier, {}
        stages, outcome = ENDS.get(action, ((), ""))
        for stage in stages:
            if stage in opened:
                first, began = opened.pop(stage)
                spent = (day(at) - began).days
                yield (dossier, service, agent, journey, stage, first, day(at), spent, outcome)
        opened |= {stage: (number, day(at)) for stage in OPENERS.get(action, ())}


def fill(db, model):
    (last,) = db.execute_sql("SELECT COALESCE(MAX(id), 0) FROM dossier").fetchone()
    for first in range(0, last, 1000):
        rows = list(told(db.execute_sql(EVENTS.format(first, first + 1000)).fetchall()))
        columns = [field for field in model._meta.sorted_fields if field.name != "id"]
        for some in chunked(rows, 100):
            model.insert_many(some, fields=columns).execute()


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Dossier(Base):
        class Meta:
            table_name = "dossier"

    class Service(Base):
        class Meta:
            table_name = "service"

    class Agent(Base):
        class Meta:
            table_name = "agent"

    class Event(Base):
        id = BigAutoField()

        class Meta:
            table_name = "event"

    class StageTime(Base):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        service = ForeignKeyField(Service, index=False)
        agent = ForeignKeyField(Agent, null=True, index=False)
        journey = CharField(max_length=40)
        stage = CharField(max_length=16)
        opened_by = ForeignKeyField(Event, index=False, on_delete="CASCADE")
        ended_on = DateField()
        days = IntegerField()
        outcome = CharField(max_length=24)

        class Meta:
            table_name = "stage_time"
            indexes = (
                (("opened_by", "stage"), True),
                (("service", "ended_on", "stage", "journey", "days", "outcome", "agent"), False),
            )

    class DelayFigure(Base):
        id = AutoField()
        service = ForeignKeyField(Service, index=False, on_delete="CASCADE")
        journey = CharField(max_length=40)
        size = IntegerField()
        low = IntegerField()
        high = IntegerField()
        counted_on = DateField(index=True)

        class Meta:
            table_name = "delay_figure"
            indexes = ((("service", "journey"), True),)

    class ExportRecord(Base):
        id = AutoField()
        service = ForeignKeyField(Service)
        agent = ForeignKeyField(Agent)
        what = CharField(max_length=16)
        since = DateField()
        until = DateField()
        journey = CharField(max_length=40, default="")
        rows = IntegerField()
        cut = BooleanField(default=False)
        at = UtcField()

        class Meta:
            table_name = "export_record"

    db.create_tables([StageTime, DelayFigure, ExportRecord])
    migrator.migrate(
        migrator.add_index("dossier", ("service_id", "filed_on", "id"), False),
        migrator.add_index("complement", ("agent_id", "asked_at"), False),
    )
    for statement in KEPT["sqlite" if isinstance(db, SqliteDatabase) else "postgres"]:
        db.execute_sql(statement)
    fill(db, StageTime)


def down(migrator, db):
    migrator.migrate(
        migrator.drop_index("complement", "complement_agent_id_asked_at"),
        migrator.drop_index("dossier", "dossier_service_id_filed_on_id"),
        migrator.drop_table("export_record"),
        migrator.drop_table("delay_figure"),
        migrator.drop_table("stage_time"),
    )
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("DROP FUNCTION export_record_refuse()")

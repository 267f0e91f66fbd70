# Members of the agents' side: invited by link, with spare codes, listed and searched; the record of administration.
from peewee import *

from app.domain.text import fold
from app.storage.database import UtcField

SQLITE = (
    """CREATE TRIGGER administration_record_kept BEFORE UPDATE ON administration_record
    BEGIN SELECT RAISE(ABORT, 'administration_record is append-only'); END""",
    """CREATE TRIGGER administration_record_stays BEFORE DELETE ON administration_record
    WHEN (OLD.agent_id IS NULL OR EXISTS (SELECT 1 FROM agent WHERE id = OLD.agent_id))
    AND (OLD.subject_id IS NULL OR EXISTS (SELECT 1 FROM agent WHERE id = OLD.subject_id))
    BEGIN SELECT RAISE(ABORT, 'administration_record is append-only'); END""",
)
POSTGRES = (
    """CREATE FUNCTION administration_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND (
            (OLD.agent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agent WHERE id = OLD.agent_id))
            OR (OLD.subject_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agent WHERE id = OLD.subject_id))
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'administration_record is append-only';
    END $$""",
    """CREATE TRIGGER administration_record_kept BEFORE UPDATE OR DELETE ON administration_record
    FOR EACH ROW EXECUTE FUNCTION administration_record_refuse()""",
)


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Service(Base):
        class Meta:
            table_name = "service"

    class Agent(Base):
        email = CharField(max_length=254)
        name = CharField(max_length=80)
        search = CharField(max_length=400, default="")

        class Meta:
            table_name = "agent"

    class AgentLink(Base):
        id = BigAutoField()
        digest = FixedCharField(max_length=64, unique=True)
        agent = ForeignKeyField(Agent, on_delete="CASCADE")
        purpose = CharField(max_length=12)
        password_hash = CharField(max_length=200, default="")
        totp_secret = CharField(max_length=64, default="")
        expires_at = UtcField()
        used_at = UtcField(null=True)

        class Meta:
            table_name = "agent_link"

    class SpareCode(Base):
        id = BigAutoField()
        agent = ForeignKeyField(Agent, on_delete="CASCADE")
        digest = FixedCharField(max_length=64)

        class Meta:
            table_name = "spare_code"
            indexes = ((("agent", "digest"), True),)

    class AdministrationRecord(Base):
        id = BigAutoField()
        at = UtcField()
        agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
        deed = CharField(max_length=16)
        subject = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="told")
        service = ForeignKeyField(Service, null=True, on_delete="CASCADE")
        facts = JSONField()

        class Meta:
            table_name = "administration_record"
            indexes = ((("subject", "id"), False),)

    migrator.migrate(
        migrator.add_column("session", "device", CharField(max_length=40, default="")),
        migrator.add_column("agent", "search", CharField(max_length=400, default="")),
    )
    for one in list(Agent.select(Agent.id, Agent.name, Agent.email)):
        Agent.update(search=fold(one.name, one.email)).where(Agent.id == one.id).execute()
    db.create_tables([AgentLink, SpareCode, AdministrationRecord])
    for statement in SQLITE if isinstance(db, SqliteDatabase) else POSTGRES:
        db.execute_sql(statement)


def down(migrator, db):
    for name in ("administration_record", "spare_code", "agent_link"):
        migrator.migrate(migrator.drop_table(name))
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("DROP FUNCTION administration_record_refuse()")
    migrator.migrate(migrator.drop_column("agent", "search"), migrator.drop_column("session", "device"))

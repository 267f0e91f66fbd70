# Who did or read what: one chain a dossier. Triggers refuse a change, and a removal unless the dossier goes too.
from peewee import *

from app.storage.database import UtcField

SQLITE = (
    """CREATE TRIGGER audit_record_kept BEFORE UPDATE ON audit_record
    BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
    """CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record
    WHEN EXISTS (SELECT 1 FROM dossier WHERE id = OLD.dossier_id)
    BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
)
POSTGRES = (
    """CREATE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM dossier WHERE id = OLD.dossier_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit_record is append-only';
    END $$""",
    """CREATE TRIGGER audit_record_kept BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_record_refuse()""",
)


def up(migrator, db):
    class Dossier(Model):
        class Meta:
            database = db
            table_name = "dossier"

    class Agent(Model):
        class Meta:
            database = db
            table_name = "agent"

    class Service(Model):
        class Meta:
            database = db
            table_name = "service"

    class AuditRecord(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        position = IntegerField()
        at = UtcField()
        role = CharField(max_length=12)
        agent = ForeignKeyField(Agent, null=True)
        service = ForeignKeyField(Service, null=True)
        action = CharField(max_length=32)
        facts = JSONField()
        previous = FixedCharField(max_length=64)
        digest = FixedCharField(max_length=64)

        class Meta:
            database = db
            table_name = "audit_record"
            indexes = ((("dossier", "position"), True),)

    db.create_tables([AuditRecord])
    for statement in SQLITE if isinstance(db, SqliteDatabase) else POSTGRES:
        db.execute_sql(statement)


def down(migrator, db):
    migrator.migrate(migrator.drop_table("audit_record"))
    if not isinstance(db, SqliteDatabase):
        db.execute_sql("DROP FUNCTION audit_record_refuse()")

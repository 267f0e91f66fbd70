# Marks of agents on documents, notes among agents, answers prepared and not sent.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Dossier(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "dossier"

    class Agent(Model):
        id = AutoField()

        class Meta:
            database = db
            table_name = "agent"

    class DocumentMark(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        slot = CharField(40)
        mark = CharField(20)
        version = TextField()
        agent = ForeignKeyField(Agent)
        at = UtcField()

        class Meta:
            database = db
            table_name = "document_mark"
            indexes = ((("dossier", "slot"), False),)

    class InternalNote(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        agent = ForeignKeyField(Agent)
        at = UtcField()
        text = TextField()
        struck_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "internal_note"

    db.create_tables([DocumentMark, InternalNote])
    migrator.migrate(
        migrator.add_column("complement", "unsent_told_at", UtcField(null=True)),
        migrator.add_column("complement_item", "decided_at", UtcField(null=True)),
    )


def down(migrator, db):
    migrator.migrate(
        migrator.drop_column("complement_item", "decided_at"),
        migrator.drop_column("complement", "unsent_told_at"),
        migrator.drop_table("internal_note"),
        migrator.drop_table("document_mark"),
    )

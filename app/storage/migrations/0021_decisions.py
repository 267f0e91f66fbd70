# What was decided, its letter, and the texts that services write for their letters.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Agent(Base):
        class Meta:
            table_name = "agent"

    class Service(Base):
        class Meta:
            table_name = "service"

    class Dossier(Base):
        class Meta:
            table_name = "dossier"

    class LetterTemplate(Base):
        id = AutoField()
        service = ForeignKeyField(Service)
        kind = CharField(max_length=16)
        text = TextField()
        agent = ForeignKeyField(Agent)
        at = UtcField()

        class Meta:
            table_name = "letter_template"
            indexes = ((("service", "kind", "id"), False),)

    class DecisionLetter(Base):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        kind = CharField(max_length=16)
        text = TextField()
        values = JSONField()
        issued_at = UtcField()
        file_key = CharField(max_length=80, default="")
        size = IntegerField(default=0)
        sha256 = CharField(max_length=64, default="")

        class Meta:
            table_name = "decision_letter"

    migrator.migrate(
        migrator.add_column("dossier", "decision", JSONField(null=True)),
        migrator.add_column("service", "address", CharField(max_length=200, default="")),
    )
    db.create_tables([LetterTemplate, DecisionLetter])


def down(migrator, db):
    migrator.migrate(
        migrator.drop_table("decision_letter"),
        migrator.drop_table("letter_template"),
        migrator.drop_column("service", "address"),
        migrator.drop_column("dossier", "decision"),
    )

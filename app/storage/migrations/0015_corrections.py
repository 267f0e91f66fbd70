# What applicants change in an application after filing it.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Dossier(Model):
        id = BigAutoField()

        class Meta:
            database = db
            table_name = "dossier"

    class Correction(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        at = UtcField()
        changes = JSONField()

        class Meta:
            database = db
            table_name = "correction"

    db.create_tables([Correction])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("correction"))

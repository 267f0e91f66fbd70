# Electronic stamps that pay for a filing: each for one dossier.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Dossier(Model):
        class Meta:
            database = db
            table_name = "dossier"

    class UsedStamp(Model):
        number = FixedCharField(max_length=16, primary_key=True)
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        reserved_at = UtcField()
        used_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "used_stamp"

    db.create_tables([UsedStamp])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("used_stamp"))

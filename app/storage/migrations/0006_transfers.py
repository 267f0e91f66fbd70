# Dossiers that follow their person to another service.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Dossier(Model):
        class Meta:
            database = db
            table_name = "dossier"

    class Service(Model):
        class Meta:
            database = db
            table_name = "service"

    class Transfer(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        origin = ForeignKeyField(Service, backref="+")
        target = ForeignKeyField(Service, backref="+")
        at = UtcField()

        class Meta:
            database = db
            table_name = "transfer"

    db.create_tables([Transfer])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("transfer"))

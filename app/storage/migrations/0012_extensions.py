# What an agent decided about extension certificates, and who was warned of an end that nothing covers.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Dossier(Base):
        id = BigAutoField()

        class Meta:
            table_name = "dossier"

    class EndWarning(Base):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        ends_on = DateField()
        days = IntegerField()
        at = UtcField()

        class Meta:
            table_name = "end_warning"
            indexes = ((("dossier", "ends_on", "days"), True),)

    migrator.migrate(migrator.add_column("dossier", "extension", CharField(max_length=8, default="")))
    db.create_tables([EndWarning])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("end_warning"), migrator.drop_column("dossier", "extension"))

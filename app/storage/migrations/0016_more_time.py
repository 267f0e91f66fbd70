# Requests for documents: more time asked and answered, reminders before their date.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Complement(Model):
        class Meta:
            database = db
            table_name = "complement"

    class ComplementReminder(Model):
        id = BigAutoField()
        complement = ForeignKeyField(Complement, on_delete="CASCADE")
        due_on = DateField()
        days = IntegerField()
        at = UtcField()

        class Meta:
            database = db
            table_name = "complement_reminder"
            indexes = ((("complement", "due_on", "days"), True),)

    migrator.migrate(
        migrator.add_column("complement", "time_reason", TextField(default="")),
        migrator.add_column("complement", "time_asked_at", UtcField(null=True)),
        migrator.add_column("complement", "time_answered_at", UtcField(null=True)),
    )
    db.create_tables([ComplementReminder])


def down(migrator, db):
    columns = ("time_reason", "time_asked_at", "time_answered_at")
    migrator.migrate(
        migrator.drop_table("complement_reminder"),
        *(migrator.drop_column("complement", one) for one in columns),
    )

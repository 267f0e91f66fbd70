# Reminders asked for without an account: the address is kept only until the letter leaves.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class ReturnReminder(Model):
        id = BigAutoField()
        email = CharField(max_length=254)
        language = CharField(max_length=5)
        opens = DateField()
        closes = DateField()
        digest = CharField(max_length=64, unique=True)
        asked_at = UtcField()
        confirmed_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "return_reminder"
            indexes = ((("email", "opens"), True), (("opens", "confirmed_at"), False))

    db.create_tables([ReturnReminder])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("return_reminder"))

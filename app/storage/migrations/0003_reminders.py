# Reminders of the renewal; and the telephone last declared, which until now only the filed answers held.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Account(Model):
        phone = CharField(max_length=20, default="")

        class Meta:
            database = db
            table_name = "account"

    class Dossier(Model):
        account = ForeignKeyField(Account)
        sealed = JSONField(null=True)

        class Meta:
            database = db
            table_name = "dossier"

    class MutedReminder(Model):
        id = BigAutoField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        kind = CharField(max_length=16)

        class Meta:
            database = db
            table_name = "muted_reminder"
            indexes = ((("account", "kind"), True),)

    db.create_tables([MutedReminder])

    class Reminder(Model):
        id = BigAutoField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        permit_until = DateField()
        kind = CharField(max_length=16)
        sent = BooleanField()
        at = UtcField()

        class Meta:
            database = db
            table_name = "reminder"
            indexes = ((("account", "permit_until", "kind"), True),)

    db.create_tables([Reminder])

    filed = Dossier.select().where(Dossier.sealed.is_null(False)).order_by(Dossier.id)
    declared = {row.account_id: row.sealed["phone"] for row in filed if row.sealed.get("phone")}
    for account, phone in declared.items():
        Account.update(phone=phone).where((Account.id == account) & (Account.phone == "")).execute()


def down(migrator, db):
    migrator.migrate(migrator.drop_table("reminder"))
    migrator.migrate(migrator.drop_table("muted_reminder"))

# Accounts opened with a visa: without number at first, some without password; they enter by mail.
# Mailboxes that their owners cannot read any more.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    migrator.migrate(
        migrator.drop_not_null("account", "foreign_number"),
        migrator.add_column("account", "visa_number", CharField(max_length=12, null=True)),
        migrator.add_column("account", "provisional_until", UtcField(null=True)),
        migrator.add_index("account", ("visa_number",), True),
    )

    class Account(Model):
        class Meta:
            database = db
            table_name = "account"

    class Service(Model):
        class Meta:
            database = db
            table_name = "service"

    class Agent(Model):
        class Meta:
            database = db
            table_name = "agent"

    class Entry(Model):
        id = BigAutoField()
        digest = FixedCharField(unique=True, max_length=64)
        account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
        code_digest = FixedCharField(max_length=64)
        link_digest = FixedCharField(unique=True, max_length=64)
        tries = IntegerField(default=0)
        asked_at = UtcField()
        used_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "entry"

    class Recovery(Model):
        id = BigAutoField()
        account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
        service = ForeignKeyField(Service)
        email = CharField(max_length=254)
        language = CharField(max_length=5)
        link_digest = FixedCharField(unique=True, max_length=64)
        stop_digest = CharField(unique=True, null=True, max_length=64)
        asked_at = UtcField()
        confirmed_at = UtcField(null=True)
        stopped_at = UtcField(null=True)
        decided_at = UtcField(null=True)
        agent = ForeignKeyField(Agent, null=True)
        checked = CharField(default="", max_length=12)
        reason = TextField(default="")
        replaced = CharField(default="", max_length=254)

        class Meta:
            database = db
            table_name = "recovery"
            indexes = ((("service", "decided_at"), False),)

    db.create_tables([Entry, Recovery])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("recovery"))
    migrator.migrate(migrator.drop_table("entry"))
    migrator.migrate(migrator.drop_index("account", "account_visa_number"))
    migrator.migrate(migrator.drop_column("account", "provisional_until"))
    migrator.migrate(migrator.drop_column("account", "visa_number"))
    # The old schema knows nobody without number: a letter keeps theirs apart from every real one.
    db.execute_sql("UPDATE account SET foreign_number = 'V' || id WHERE foreign_number IS NULL")
    migrator.migrate(migrator.add_not_null("account", "foreign_number"))

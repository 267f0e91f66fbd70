# Work that failed for good: since when, whose it is, how many workers it took with it.
from peewee import *


class Table(Model):
    id = AutoField()


class Dossier(Table):
    class Meta:
        table_name = "dossier"


class Account(Table):
    class Meta:
        table_name = "account"


FAILED = "failed_at IS NOT NULL AND done_at IS NULL"
INDEXES = (
    f"outbox_failed_dossier ON outbox (dossier_id) WHERE {FAILED}",
    f"outbox_failed_account ON outbox (account_id) WHERE {FAILED}",
)


def up(migrator, db):
    dossier = ForeignKeyField(Dossier, field=Dossier.id, null=True, on_delete="CASCADE", index=False)
    account = ForeignKeyField(Account, field=Account.id, null=True, on_delete="CASCADE", index=False)
    migrator.migrate(
        migrator.add_column("outbox", "dossier_id", dossier),
        migrator.add_column("outbox", "account_id", account),
        migrator.add_column("outbox", "failed_at", DateTimeField(null=True)),
        migrator.add_column("outbox", "deaths", IntegerField(default=0, constraints=[SQL("DEFAULT 0")])),
    )
    for index in INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")

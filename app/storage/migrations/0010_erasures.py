# What is erased once its time is over, copies of one's data, and what a court keeps from being erased.
from peewee import *


class Table(Model):
    pass


class Account(Table):
    id = AutoField()

    class Meta:
        table_name = "account"


class Erasure(Table):
    id = BigAutoField()
    kind = CharField(max_length=20)
    subject = BigIntegerField()
    marked_at = DateTimeField()
    due_at = DateTimeField()
    done_at = DateTimeField(null=True)
    files = IntegerField(default=0)

    class Meta:
        table_name = "erasure"
        indexes = ((("kind", "subject"), True), (("done_at", "due_at"), False))


class DataCopy(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, unique=True, on_delete="CASCADE")
    language = CharField(max_length=5)
    asked_at = DateTimeField()
    made_at = DateTimeField(null=True)
    file_key = CharField(max_length=80, default="")
    size = IntegerField(default=0)
    sha256 = CharField(max_length=64, default="")

    class Meta:
        table_name = "data_copy"


ENDED = "state IN ('closed', 'favourable', 'handed_over', 'unfavourable', 'withdrawn')"
INDEXES = (
    "account_last_seen ON account (COALESCE(seen_at, created_at))",
    "dossier_draft_saved ON dossier (saved_at) WHERE state IN ('draft')",
    f"dossier_ended ON dossier (filed_on, id) WHERE {ENDED}",
    "document_removed ON document (removed_at) WHERE removed_at IS NOT NULL",
)


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("account", "seen_at", DateTimeField(null=True)),
        migrator.add_column("account", "closed_at", DateTimeField(null=True)),
        migrator.add_column("dossier", "on_hold", BooleanField(null=True)),
    )
    # Sign-ins were not noted until now: the time of every account that is there begins here.
    sqlite = isinstance(db, SqliteDatabase)
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now') || '000'" if sqlite else "now() AT TIME ZONE 'UTC'"
    db.execute_sql(f"UPDATE account SET seen_at = {now}")
    for index in INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
    with db.bind_ctx([Account, Erasure, DataCopy]):
        db.create_tables([Erasure, DataCopy])

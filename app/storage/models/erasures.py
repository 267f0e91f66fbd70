"""What is erased once its time is over, and the copies of their data that people ask for."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.people import Account
from app.storage.models.table import Table


class Erasure(Table):
    """Something marked to be erased, then the trace that it was.

    `subject` is the id of its row, which is never given again: the trace names nobody, and tells an operator who
    restored a backup what to erase once more.
    """

    id = BigAutoField()
    kind = CharField(20)  # see domain.rules.retention.Kept
    subject = BigIntegerField()
    marked_at = UtcField()
    due_at = UtcField()
    done_at = UtcField(null=True)
    files = IntegerField(default=0)  # erased with it

    class Meta:
        indexes = ((("kind", "subject"), True), (("done_at", "due_at"), False))


class DataCopy(Table):
    """The copy of an account's data that its holder asked for; one at a time."""

    account_id: int

    id = BigAutoField()
    account = ForeignKeyField(Account, unique=True, backref="+", on_delete="CASCADE")
    language = CharField(5)
    asked_at = UtcField()
    made_at = UtcField(null=True)
    file_key = CharField(80, default="")  # empty until the worker has made it
    size = IntegerField(default=0)
    sha256 = CharField(64, default="")

    class Meta:
        table_name = "data_copy"

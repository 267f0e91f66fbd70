"""Number series, messages to applicants, and the outbox."""

from peewee import BigAutoField, CharField, ForeignKeyField, IntegerField, JSONField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Account
from app.storage.models.table import Table


class Sequence(Table):
    """The last number of a series, such as the references of a service in a year."""

    name = CharField(40, primary_key=True)
    last = IntegerField(default=0)


class Notice(Table):
    """A message shown in the applicant's space."""

    account_id: int
    dossier_id: int | None

    id = BigAutoField()
    account = ForeignKeyField(Account, backref="notices", on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    kind = CharField(32)
    facts = JSONField()
    at = UtcField()
    read_at = UtcField(null=True)


class Outbox(Table):
    """Work to do later, written in the transaction of the act that asks for it (ADR 0008)."""

    id = BigAutoField()
    kind = CharField(32)
    payload = JSONField()
    due_at = UtcField()
    leased_until = UtcField(null=True)
    tries = IntegerField(default=0)
    error = TextField(default="")
    done_at = UtcField(null=True)

    class Meta:
        indexes = ((("done_at", "due_at"), False),)

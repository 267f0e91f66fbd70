"""Number series, messages to applicants, and the outbox."""

from peewee import SQL, BigAutoField, CharField, ForeignKeyField, IntegerField, JSONField, TextField

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

    dossier_id: int | None
    account_id: int | None

    id = BigAutoField()
    kind = CharField(32)
    payload = JSONField()
    due_at = UtcField()
    leased_until = UtcField(null=True)
    tries = IntegerField(default=0)
    error = TextField(default="")
    done_at = UtcField(null=True)
    # What the work is about, to show its failure to who can act.
    dossier = ForeignKeyField(Dossier, null=True, backref="+", on_delete="CASCADE", index=False)
    account = ForeignKeyField(Account, null=True, backref="+", on_delete="CASCADE", index=False)
    failed_at = UtcField(null=True)  # since when trying again alone will not do
    deaths = IntegerField(default=0, constraints=[SQL("DEFAULT 0")])  # of workers that had it in hand
    # The request that asked for it, as in the log; "" for what a sweep asked for.
    request = CharField(20, default="", constraints=[SQL("DEFAULT ''")])

    class Meta:
        indexes = ((("done_at", "due_at"), False),)


FAILED = SQL("failed_at IS NOT NULL AND done_at IS NULL")
Outbox.add_index(Outbox.dossier, where=FAILED, name="outbox_failed_dossier")
Outbox.add_index(Outbox.account, where=FAILED, name="outbox_failed_account")

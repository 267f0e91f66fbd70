"""Reminders of the renewal, with or without an account, and warnings of ends of rights."""

from peewee import BigAutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Account
from app.storage.models.table import Table


class Reminder(Table):
    """A reminder for a permit, sent, or skipped because a later one was sent instead."""

    account_id: int

    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    permit_until = DateField()
    kind = CharField(16)
    sent = BooleanField()
    at = UtcField()

    class Meta:
        indexes = ((("account", "permit_until", "kind"), True),)


class MutedReminder(Table):
    """A kind of reminder that an applicant switched off; without a row it is on."""

    account_id: int

    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    kind = CharField(16)

    class Meta:
        indexes = ((("account", "kind"), True),)


class ReturnReminder(Table):
    """« Revenez le … »: a letter to send to an address on a day. The row is deleted when the letter is sent.

    `digest` is of the token in the mail that confirms or withdraws the address.
    """

    id = BigAutoField()
    email = CharField(254)
    language = CharField(5)
    opens = DateField()  # the first day to file, when the letter is sent
    closes = DateField()
    digest = CharField(64, unique=True)
    asked_at = UtcField()
    confirmed_at = UtcField(null=True)

    class Meta:
        indexes = ((("email", "opens"), True), (("opens", "confirmed_at"), False))


class EndWarning(Table):
    """A warning sent for an end of rights; one for each delay in days."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    ends_on = DateField()
    days = IntegerField()  # one of `domain.rules.parameters.UNCOVERED_DAYS`
    at = UtcField()

    class Meta:
        table_name = "end_warning"
        indexes = ((("dossier", "ends_on", "days"), True),)

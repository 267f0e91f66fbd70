"""Reminders of the renewal, sent or switched off."""

from peewee import BigAutoField, BooleanField, CharField, DateField, ForeignKeyField

from app.storage.database import UtcField
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

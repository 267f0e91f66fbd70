"""Reminders asked for without an account: an address, a day, nothing else."""

from peewee import BigAutoField, CharField, DateField

from app.storage.database import UtcField
from app.storage.models.table import Table


class ReturnReminder(Table):
    """« Revenez le … », to be written to an address on a day; the row is deleted when the letter leaves.

    `digest` is of the token in the mail that confirms the address, or takes it back.
    """

    id = BigAutoField()
    email = CharField(254)
    language = CharField(5)
    opens = DateField()  # the day of the letter, the first on which to file
    closes = DateField()
    digest = CharField(64, unique=True)
    asked_at = UtcField()
    confirmed_at = UtcField(null=True)

    class Meta:
        indexes = ((("email", "opens"), True), (("opens", "confirmed_at"), False))

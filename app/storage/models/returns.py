"""Reminders asked for without an account."""

from peewee import BigAutoField, CharField, DateField

from app.storage.database import UtcField
from app.storage.models.table import Table


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

"""Files on their way, in pieces."""

from peewee import BigAutoField, CharField, FixedCharField, ForeignKeyField, IntegerField, JSONField

from app.storage.database import UtcField
from app.storage.models.people import Account
from app.storage.models.table import Table


class Upload(Table):
    """A file that an applicant sends in pieces, and what a page made of it; kept for a day."""

    account_id: int

    id = BigAutoField()
    account = ForeignKeyField(
        Account, backref="+", on_delete="CASCADE", index=False
    )  # the index below begins with it
    token = FixedCharField(32, unique=True)  # in its address and in the keys of its pieces
    name = CharField(120)
    length = IntegerField()  # as declared: counted against the limits before a byte comes
    received = IntegerField(default=0)
    pieces = JSONField()  # their lengths, in order
    begun_at = UtcField(index=True)
    settled_at = UtcField(null=True)  # when a page took it, or refused it for what it contains
    refusal = CharField(24, default="")  # why, see domain.rules.uploads.Refusal

    class Meta:
        indexes = ((("account", "begun_at"), False),)

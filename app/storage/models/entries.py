"""Sign-in by mail, with a code and a link."""

from peewee import BigAutoField, FixedCharField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.people import Account
from app.storage.models.table import Table


class Entry(Table):
    """A request to sign in by mail, used once. `account` is null if none matched; the pages look the same."""

    account_id: int | None

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)  # of the token in the browser
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    code_digest = FixedCharField(64)
    link_digest = FixedCharField(64, unique=True)
    tries = IntegerField(default=0)
    asked_at = UtcField()
    used_at = UtcField(null=True)

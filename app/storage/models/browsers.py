"""Browsers in which a person signed in before."""

from peewee import BigAutoField, FixedCharField, ForeignKeyField

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent
from app.storage.models.table import Table


class KnownBrowser(Table):
    """A browser that an account or an agent signed in with. Its cookie has the token, the table its digest."""

    id = BigAutoField()
    digest = FixedCharField(64)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
    seen_at = UtcField(index=True)

    class Meta:
        indexes = ((("account", "digest"), True), (("agent", "digest"), True))

"""Requests to change the address of an account whose mailbox is lost."""

from peewee import BigAutoField, CharField, FixedCharField, ForeignKeyField, TextField

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Recovery(Table):
    """A request to change an account's address, decided once by an agent of its service.

    `account` is null if none matched; the pages and letters look the same. Agents see the request once the new
    address is confirmed. The old address can stop it until the decision.
    """

    account_id: int | None
    service_id: int
    agent_id: int | None

    id = BigAutoField()
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    service = ForeignKeyField(Service)
    email = CharField(254)  # the new address, in its normal form
    language = CharField(5)
    link_digest = FixedCharField(64, unique=True)  # of the letter to the new address
    stop_digest = CharField(64, unique=True, null=True)  # of the letter to the old one
    asked_at = UtcField()
    confirmed_at = UtcField(null=True)
    stopped_at = UtcField(null=True)
    decided_at = UtcField(null=True)
    agent = ForeignKeyField(Agent, null=True)
    checked = CharField(12, default="")  # how identity was checked; "" with `decided_at`: refused
    reason = TextField(default="")  # how the agent verified identity, or why they refused
    replaced = CharField(254, default="")  # the account's former address

    class Meta:
        indexes = ((("service", "decided_at"), False),)

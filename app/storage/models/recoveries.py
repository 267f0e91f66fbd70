"""Somebody who can no longer read the mailbox of their account, and asks an agent for another address."""

from peewee import BigAutoField, CharField, FixedCharField, ForeignKeyField, TextField

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Recovery(Table):
    """One request, decided once by an agent of its service.

    `account` is null where nobody matched, and the pages and letters look the same. Agents see it once the new
    address is confirmed; the old one can stop it until then and until the decision.
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
    checked = CharField(12, default="")  # how identity was checked; "" once decided: refused
    reason = TextField(default="")  # what the agent saw, or why they refused
    replaced = CharField(254, default="")  # the address that the account had

    class Meta:
        indexes = ((("service", "decided_at"), False),)

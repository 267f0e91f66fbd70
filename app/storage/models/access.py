"""Means to sign in and to come back: browsers known before, codes by mail, passkeys, recoveries."""

from peewee import (
    BigAutoField,
    BigIntegerField,
    CharField,
    FixedCharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
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


class Passkey(Table):
    """The public half of a key pair that a device, or what synchronises several, made for a person (WebAuthn)."""

    account_id: int | None
    agent_id: int | None

    id = BigAutoField()
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE", backref="passkeys")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="passkeys")
    credential = CharField(1400, unique=True)  # its identifier, in base64url
    handle = CharField(43)  # of the person towards their devices: random, the same for all their keys
    public_key = TextField()  # in COSE, in base64url
    sign_count = BigIntegerField()  # 0 for keys that are synchronised
    name = CharField(60)
    added_at = UtcField()
    used_at = UtcField(null=True)


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

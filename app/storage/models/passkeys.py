"""Passkeys of applicants and agents."""

from peewee import BigAutoField, BigIntegerField, CharField, ForeignKeyField, TextField

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent
from app.storage.models.table import Table


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

"""Questions asked of a service, in a dossier or about anything else, and its answers."""

from peewee import (
    BigAutoField,
    CharField,
    FixedCharField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    TextField,
)

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Conversation(Table):
    """One question with what was said since. `account` is null for who has none: they are answered by mail."""

    account_id: int | None
    dossier_id: int | None
    service_id: int

    id = BigAutoField()
    number = CharField(16, unique=True)  # what the person quotes
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    service = ForeignKeyField(Service)
    email = CharField(254)
    language = CharField(5)
    topic = CharField(16)
    page = CharField(200, default="")  # where the person was
    opened_at = UtcField()
    waits_since = UtcField(null=True)  # since when the person waits for an answer; null once answered
    blocked = JSONField(null=True)  # what a certificate of being blocked says; null where none was asked
    file_key = CharField(80, default="")  # that certificate, once printed
    sha256 = CharField(64, default="")

    class Meta:
        indexes = ((("service", "waits_since"), False),)


class Message(Table):
    """What one side said. `agent` is null where the person speaks."""

    conversation_id: int
    agent_id: int | None
    files: "list[Attachment]"  # filled by storage.conversations.messages

    id = BigAutoField()
    conversation = ForeignKeyField(Conversation, backref="messages", on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True)
    text = TextField()
    at = UtcField()


class Attachment(Table):
    """A file joined to a message, re-encoded by us and seen by the scanner."""

    message_id: int

    id = BigAutoField()
    message = ForeignKeyField(Message, backref="attachments", on_delete="CASCADE")
    name = CharField(120)  # for display only
    key = CharField(80, unique=True)
    media_type = CharField(40)
    size = IntegerField()
    sha256 = FixedCharField(64)

"""Conversations between applicants and services, about a dossier or anything else."""

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
    """A question with its messages. Without an account, `account` is null and answers go by e-mail only."""

    account_id: int | None
    dossier_id: int | None
    service_id: int

    id = BigAutoField()
    number = CharField(16, unique=True)  # the number shown to the person
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    service = ForeignKeyField(Service)
    email = CharField(254)
    language = CharField(5)
    topic = CharField(16)
    page = CharField(200, default="")  # path of the page the question was asked from
    opened_at = UtcField()
    waits_since = UtcField(null=True)  # null once answered
    blocked = JSONField(null=True)  # facts of a certificate of being blocked; null without one
    file_key = CharField(80, default="")  # the certificate's PDF, once printed
    sha256 = CharField(64, default="")

    class Meta:
        indexes = ((("service", "waits_since"), False),)


class Message(Table):
    """A message of either side; `agent` is null for the applicant's."""

    conversation_id: int
    agent_id: int | None
    files: "list[Attachment]"  # set by storage.applications.conversations.messages

    id = BigAutoField()
    conversation = ForeignKeyField(Conversation, backref="messages", on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True)
    text = TextField()
    at = UtcField()


class Attachment(Table):
    """A file attached to a message, encoded again at intake; opened once it was scanned for viruses."""

    message_id: int

    id = BigAutoField()
    message = ForeignKeyField(Message, backref="attachments", on_delete="CASCADE")
    name = CharField(120)  # for display only
    key = CharField(80, unique=True)
    media_type = CharField(40)
    size = IntegerField()
    sha256 = FixedCharField(64)
    scan = CharField(12, default="clean")  # see domain.rules.uploads.Scan
    original_key = CharField(80, default="")  # the bytes as they were sent, kept until they are scanned

    @property
    def keys(self) -> list[str]:
        """The keys of all its bytes in the store."""
        return [key for key in (self.key, self.original_key) if key]

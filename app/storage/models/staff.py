"""What lets members of the agents' side in beside their password, and the record of who administers them."""

from peewee import BigAutoField, CharField, FixedCharField, ForeignKeyField, JSONField

from app.storage.database import UtcField
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table


class AgentLink(Table):
    """A link of a letter to a member, good once: an invitation, or a new password.

    What an invited person has chosen waits here, so that nothing of it opens anything before the last step.
    """

    agent_id: int

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    purpose = CharField(12)  # "invitation" or "password"
    password_hash = CharField(200, default="")
    totp_secret = CharField(64, default="")  # of an invitation: the one that its page shows
    expires_at = UtcField()
    used_at = UtcField(null=True)


class RecoveryCode(Table):
    """A code that replaces the authenticator, once: its row goes with its use."""

    id = BigAutoField()
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    digest = FixedCharField(64)

    class Meta:
        indexes = ((("agent", "digest"), True),)


class AdministrationRecord(Table):
    """One act of administration, append-only: the database itself refuses a change. It holds nothing of applicants."""

    agent_id: int | None
    subject_id: int | None

    id = BigAutoField()
    at = UtcField()
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")  # null: from a terminal of the operator
    deed = CharField(16)  # see domain.administration
    subject = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="told")
    service = ForeignKeyField(Service, null=True, on_delete="CASCADE")
    facts = JSONField()

    class Meta:
        indexes = ((("subject", "id"), False),)

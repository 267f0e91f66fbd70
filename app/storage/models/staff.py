"""Agents' links and recovery codes, and the record of administrative acts."""

from peewee import SQL, BigAutoField, CharField, FixedCharField, ForeignKeyField, JSONField

from app.storage.database import UtcField
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table
from app.storage.sealing import SealedField


class AgentLink(Table):
    """A link in a letter to an agent, used once: an invitation or a new password.

    The choices of an invited person are kept here, so that they give no access before the last step.
    """

    agent_id: int

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    purpose = CharField(12)  # "invitation" or "password"
    password_hash = CharField(200, default="")
    totp_secret = SealedField(64, default="")  # the secret shown by an invitation's page
    expires_at = UtcField()
    used_at = UtcField(null=True)


class RecoveryCode(Table):
    """A recovery code, which replaces the authenticator once: its row is deleted when it is used."""

    id = BigAutoField()
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    digest = FixedCharField(64)
    salt = CharField(
        32, constraints=[SQL("DEFAULT ''")], default=""
    )  # of all codes made at once; "" before 0020

    class Meta:
        indexes = ((("agent", "digest"), True),)


class AdministrationRecord(Table):
    """An administrative act. Append-only by triggers of the database; it holds no applicant's data."""

    agent_id: int | None
    subject_id: int | None

    id = BigAutoField()
    at = UtcField()
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")  # null when run from the command line
    deed = CharField(16)  # see domain.agent_forms.administration.AdminAction
    subject = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="told")
    service = ForeignKeyField(Service, null=True, on_delete="CASCADE")
    facts = JSONField()

    class Meta:
        indexes = ((("subject", "id"), False),)

"""The audit record, append-only: triggers of the database refuse updates and deletions."""

from peewee import SQL, BigAutoField, CharField, FixedCharField, ForeignKeyField, IntegerField, JSONField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table


class AuditRecord(Table):
    """One act on a dossier, or one reading of it, chained as in `domain.dossiers.audit`.

    Records are deleted with their dossier only.
    """

    dossier_id: int
    agent_id: int | None
    service_id: int | None

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="audit", on_delete="CASCADE")
    position = IntegerField()
    at = UtcField()
    role = CharField(12)
    agent = ForeignKeyField(Agent, null=True)
    service = ForeignKeyField(Service, null=True)  # of the agent, at the time
    action = CharField(32)
    facts = JSONField()
    previous = FixedCharField(64)
    digest = FixedCharField(64)
    request = CharField(
        20, default="", constraints=[SQL("DEFAULT ''")]
    )  # as in the log; not part of the chain

    class Meta:
        indexes = (
            (("dossier", "position"), True),
            (("service", "at"), False),  # what the agents of a service read in a period
        )

"""Agents' marks on documents and internal notes."""

from peewee import BigAutoField, CharField, ForeignKeyField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Agent
from app.storage.models.table import Table


class DocumentMark(Table):
    """An agent's mark on a supporting document. Append-only: the last one counts, for its `version` only."""

    dossier_id: int
    agent_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="+", on_delete="CASCADE")
    slot = CharField(40)
    mark = CharField(20)  # see domain.dossiers.complements.MARKS
    version = TextField()  # see services.review.requested_documents
    agent = ForeignKeyField(Agent, backref="+")
    at = UtcField()

    class Meta:
        table_name = "document_mark"
        indexes = ((("dossier", "slot"), False),)


class InternalNote(Table):
    """A note between agents, never shown to the applicant. Its author can strike it out, not delete it."""

    dossier_id: int
    agent_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="+", on_delete="CASCADE")
    agent = ForeignKeyField(Agent, backref="+")
    at = UtcField()
    text = TextField()
    struck_at = UtcField(null=True)

    class Meta:
        table_name = "internal_note"

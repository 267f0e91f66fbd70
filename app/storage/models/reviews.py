"""What agents keep of their reading of a dossier: marks on documents, notes among themselves."""

from peewee import BigAutoField, CharField, ForeignKeyField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Agent
from app.storage.models.table import Table


class DocumentMark(Table):
    """What an agent said of a supporting document. Append-only: the last one of a slot counts, for its `version`."""

    dossier_id: int
    agent_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="+", on_delete="CASCADE")
    slot = CharField(40)
    mark = CharField(20)  # see domain.complements.MARKS
    version = TextField()  # what was read, see services.reviews.Piece.version
    agent = ForeignKeyField(Agent, backref="+")
    at = UtcField()

    class Meta:
        table_name = "document_mark"
        indexes = ((("dossier", "slot"), False),)


class InternalNote(Table):
    """What an agent wrote for the service: never shown to the applicant; struck out by its author, never removed."""

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

"""Corrections of an application after filing."""

from peewee import BigAutoField, ForeignKeyField, JSONField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Agent
from app.storage.models.table import Table


class Correction(Table):
    """The answers changed by one correction, before and after. Append-only: earlier versions can be restored."""

    dossier_id: int
    agent_id: int | None

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="corrections", on_delete="CASCADE")
    at = UtcField()
    changes = JSONField()  # key: [before, after]; null where the question was not asked
    agent = ForeignKeyField(Agent, null=True, backref="+")  # who corrected it; null: the applicant
    reason = TextField(null=True)  # of an agent's correction, which the applicant reads

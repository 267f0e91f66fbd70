"""What an applicant changed in an application after filing it."""

from peewee import BigAutoField, ForeignKeyField, JSONField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class Correction(Table):
    """One version: each answer that changed, before and after. Append-only, so that any earlier one can be made again."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="corrections", on_delete="CASCADE")
    at = UtcField()
    changes = JSONField()  # key: [before, after]; null where the question was not asked

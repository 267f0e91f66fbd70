"""Electronic stamps that paid for a filing."""

from peewee import FixedCharField, ForeignKeyField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class UsedStamp(Table):
    """A stamp kept for one dossier, and used for it once the desk has said so."""

    dossier_id: int

    number = FixedCharField(16, primary_key=True)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    reserved_at = UtcField()
    used_at = UtcField(null=True)

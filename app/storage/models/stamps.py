"""Electronic stamps used to pay for a filing."""

from peewee import FixedCharField, ForeignKeyField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class UsedStamp(Table):
    """A stamp reserved for a dossier; `used_at` is set once the stamp desk has confirmed its use."""

    dossier_id: int

    number = FixedCharField(16, primary_key=True)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    reserved_at = UtcField()
    used_at = UtcField(null=True)

"""Transfers of dossiers between services."""

from peewee import BigAutoField, ForeignKeyField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Service
from app.storage.models.table import Table


class Transfer(Table):
    """A transfer, which both services may see; the dossier belongs to the new one only."""

    dossier_id: int
    origin_id: int
    target_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="transfers", on_delete="CASCADE")
    origin = ForeignKeyField(Service, backref="+", index=False)
    target = ForeignKeyField(Service, backref="+", index=False)
    at = UtcField()

    class Meta:
        indexes = ((("origin", "at"), False), (("target", "at"), False))

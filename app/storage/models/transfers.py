"""Dossiers that went from one service to another."""

from peewee import BigAutoField, ForeignKeyField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Service
from app.storage.models.table import Table


class Transfer(Table):
    """One move, which both services can read; its dossier is the new one's alone."""

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

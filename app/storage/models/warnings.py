"""Warnings of ends of rights that will not be extended."""

from peewee import BigAutoField, DateField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class EndWarning(Table):
    """A warning sent for an end of rights; one for each delay in days."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    ends_on = DateField()
    days = IntegerField()  # one of `domain.rules.parameters.UNCOVERED_DAYS`
    at = UtcField()

    class Meta:
        table_name = "end_warning"
        indexes = ((("dossier", "ends_on", "days"), True),)

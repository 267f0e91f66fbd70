"""Ends of rights that nothing covers."""

from peewee import BigAutoField, DateField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class EndWarning(Table):
    """Somebody was told that their rights end on a day and that nothing covers what follows; once for each delay."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    ends_on = DateField()
    days = IntegerField()  # one of `domain.parameters.UNCOVERED_DAYS`
    at = UtcField()

    class Meta:
        table_name = "end_warning"
        indexes = ((("dossier", "ends_on", "days"), True),)

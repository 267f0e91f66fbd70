"""Appointments to which services invite the people of dossiers."""

from peewee import BigAutoField, CharField, ForeignKeyField, IntegerField, JSONField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.table import Table


class Appointment(Table):
    """An appointment, open until it is marked or cancelled. Each change of it increments `version`."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="+", on_delete="CASCADE")
    purpose = CharField(16)  # see domain.dossiers.appointments.Purpose
    at = UtcField()
    place = TextField()
    bring = JSONField()  # keys of domain.dossiers.appointments.TO_BRING
    words = TextField(default="")  # of the agent, beside them
    invited_at = UtcField()
    version = IntegerField(default=1)
    told = IntegerField(null=True)  # the last reminder, in days before
    declined_at = UtcField(null=True)  # since when the person cannot come
    declined_words = TextField(default="")
    outcome = CharField(12, null=True)  # see domain.dossiers.appointments.Outcome; null while it is open
    settled_at = UtcField(null=True)


OPEN = Appointment.outcome.is_null()
# One open appointment of a purpose at a time.
Appointment.add_index(
    Appointment.dossier, Appointment.purpose, unique=True, where=OPEN, name="appointment_open"
)
Appointment.add_index(Appointment.at, where=OPEN, name="appointment_coming")

"""Decision letters and the templates of services."""

from peewee import AutoField, BigAutoField, CharField, ForeignKeyField, IntegerField, JSONField, TextField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table


class LetterTemplate(Table):
    """A version of a service's template for a kind of letter; the last one is in force. "" is the standard text."""

    service_id: int
    agent_id: int

    id = AutoField()
    service = ForeignKeyField(Service, backref="+")
    kind = CharField(16)  # see domain.dossiers.decisions.Outcome
    text = TextField()
    agent = ForeignKeyField(Agent, backref="+")
    at = UtcField()

    class Meta:
        table_name = "letter_template"
        indexes = ((("service", "kind", "id"), False),)


class DecisionLetter(Table):
    """A letter. Its text, its values and its stored PDF never change."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="letters", on_delete="CASCADE")
    kind = CharField(16)
    text = TextField()
    values = JSONField()  # by placeholder, in French
    issued_at = UtcField()
    superseded_at = UtcField(null=True)  # when another decision, or the reopening, put it out of force
    file_key = CharField(80, default="")  # empty until the worker has printed it
    size = IntegerField(default=0)
    sha256 = CharField(64, default="")

    class Meta:
        table_name = "decision_letter"

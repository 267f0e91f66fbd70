"""Searches of agents: what they looked for, what they save, and texts that a service keeps."""

from peewee import AutoField, BigAutoField, CharField, ForeignKeyField, JSONField, TextField

from app.storage.database import UtcField
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table


class SearchRecord(Table):
    """What an agent searched for in the dossiers of a service."""

    id = BigAutoField()
    agent = ForeignKeyField(Agent)
    service = ForeignKeyField(Service, index=False)
    words = CharField(100)
    at = UtcField(index=True)

    class Meta:
        table_name = "search_record"


class SavedView(Table):
    """A search saved under a name by an agent. `query` holds its URL parameters, validated again when used."""

    agent_id: int

    id = AutoField()
    agent = ForeignKeyField(Agent, backref="+", on_delete="CASCADE")
    name = CharField(60)
    query = JSONField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("agent", "name"), True),)


class SavedText(Table):
    """A text that a service keeps for its messages or its requests for documents."""

    service_id: int
    agent_id: int

    id = AutoField()
    service = ForeignKeyField(Service, backref="+", on_delete="CASCADE")
    use = CharField(12)  # see domain.agent_forms.saved_texts
    name = CharField(60)
    text = TextField()
    agent = ForeignKeyField(Agent, backref="+")  # who wrote its present version
    at = UtcField()

    class Meta:
        table_name = "saved_text"
        indexes = ((("service", "use", "name"), True),)

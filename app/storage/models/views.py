"""Searches of the queue that agents save."""

from peewee import AutoField, CharField, ForeignKeyField, JSONField

from app.storage.models.people import Agent
from app.storage.models.table import Table


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

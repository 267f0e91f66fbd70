"""Searches of the queue that agents keep."""

from peewee import AutoField, CharField, ForeignKeyField, JSONField

from app.storage.models.people import Agent
from app.storage.models.table import Table


class SavedView(Table):
    """One search under a name, its agent's own. `query` is what its address holds, checked again when it is read."""

    agent_id: int

    id = AutoField()
    agent = ForeignKeyField(Agent, backref="+", on_delete="CASCADE")
    name = CharField(60)
    query = JSONField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("agent", "name"), True),)

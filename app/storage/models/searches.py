"""Searches of agents: they show names and numbers of many people at once."""

from peewee import BigAutoField, CharField, ForeignKeyField

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

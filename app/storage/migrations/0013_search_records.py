"""What agents searched for."""

from peewee import *


class Table(Model):
    id = AutoField()


class Service(Table):
    class Meta:
        table_name = "service"


class Agent(Table):
    class Meta:
        table_name = "agent"


class SearchRecord(Model):
    id = BigAutoField()
    agent = ForeignKeyField(Agent)
    service = ForeignKeyField(Service, index=False)
    words = CharField(max_length=100)
    at = DateTimeField(index=True)

    class Meta:
        table_name = "search_record"


def up(migrator, db):
    with db.bind_ctx([Service, Agent, SearchRecord]):
        db.create_tables([SearchRecord])

# What operators read and set; the request that an act and its later work come from.
from peewee import *


class WorkerBeat(Model):
    id = BigAutoField()
    worker = CharField(max_length=80)
    loop = CharField(max_length=20)
    at = DateTimeField()

    class Meta:
        table_name = "worker_beat"
        indexes = ((("worker", "loop"), True),)


class Switch(Model):
    name = CharField(max_length=80, primary_key=True)
    value = CharField(max_length=20)
    since = DateTimeField()

    class Meta:
        table_name = "switch"


class DoneRequest(Model):
    key = CharField(max_length=40, primary_key=True)
    at = DateTimeField(index=True)

    class Meta:
        table_name = "done_request"


def up(migrator, db):
    tables = [WorkerBeat, Switch, DoneRequest]
    with db.bind_ctx(tables):
        db.create_tables(tables)
    for table in ("outbox", "audit_record"):  # by SQL: the migrator would update the rows, which a trigger refuses
        db.execute_sql(f"ALTER TABLE {table} ADD COLUMN request VARCHAR(20) NOT NULL DEFAULT ''")

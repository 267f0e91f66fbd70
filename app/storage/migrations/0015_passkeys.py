"""Passkeys."""

from peewee import *


class Table(Model):
    id = AutoField()


class Account(Table):
    class Meta:
        table_name = "account"


class Agent(Table):
    class Meta:
        table_name = "agent"


class Passkey(Model):
    id = BigAutoField()
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
    credential = CharField(max_length=1400, unique=True)
    handle = CharField(max_length=43)
    public_key = TextField()
    sign_count = BigIntegerField()
    name = CharField(max_length=60)
    added_at = DateTimeField()
    used_at = DateTimeField(null=True)

    class Meta:
        table_name = "passkey"


def up(migrator, db):
    with db.bind_ctx([Account, Agent, Passkey]):
        db.create_tables([Passkey])

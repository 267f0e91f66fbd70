"""Browsers in which somebody signed in before."""

from peewee import *


class Table(Model):
    id = AutoField()


class Account(Table):
    class Meta:
        table_name = "account"


class Agent(Table):
    class Meta:
        table_name = "agent"


class KnownBrowser(Model):
    id = BigAutoField()
    digest = FixedCharField(max_length=64)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
    seen_at = DateTimeField(index=True)

    class Meta:
        table_name = "known_browser"
        indexes = ((("account", "digest"), True), (("agent", "digest"), True))


def up(migrator, db):
    with db.bind_ctx([Account, Agent, KnownBrowser]):
        db.create_tables([KnownBrowser])

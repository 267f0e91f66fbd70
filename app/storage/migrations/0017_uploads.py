"""Files sent in pieces."""

from peewee import *


class Table(Model):
    id = AutoField()


class Account(Table):
    class Meta:
        table_name = "account"


class Upload(Model):
    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE", index=False)
    token = FixedCharField(max_length=32, unique=True)
    name = CharField(max_length=120)
    length = IntegerField()
    received = IntegerField(default=0)
    pieces = JSONField()
    begun_at = DateTimeField(index=True)
    settled_at = DateTimeField(null=True)
    refusal = CharField(max_length=24, default="")

    class Meta:
        table_name = "upload"
        indexes = ((("account", "begun_at"), False),)


def up(migrator, db):
    with db.bind_ctx([Account, Upload]):
        db.create_tables([Upload])

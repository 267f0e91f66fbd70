"""Checks that employers ask for."""

from peewee import *


class Table(Model):
    id = AutoField()


class Account(Table):
    class Meta:
        table_name = "account"


class Attestation(Table):
    class Meta:
        table_name = "attestation"


class Conversation(Model):
    id = BigAutoField()

    class Meta:
        table_name = "conversation"


class HiringCheck(Model):
    id = BigAutoField()
    number = CharField(max_length=16, unique=True)
    code = FixedCharField(max_length=12, unique=True)
    attestation = ForeignKeyField(Attestation, null=True, on_delete="CASCADE")
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    conversation = ForeignKeyField(Conversation, null=True, on_delete="CASCADE")
    company = CharField(max_length=200)
    siret = CharField(max_length=14, default="")
    email = CharField(max_length=254)
    language = CharField(max_length=5)
    hired_on = DateField()
    asked_at = DateTimeField(index=True)
    card = JSONField(null=True)
    due_on = DateField(null=True)
    outcome = CharField(max_length=16, default="")
    answered_at = DateTimeField(null=True)
    lapsed_at = DateTimeField(null=True)

    class Meta:
        table_name = "hiring_check"


def up(migrator, db):
    with db.bind_ctx([Account, Attestation, Conversation, HiringCheck]):
        db.create_tables([HiringCheck])

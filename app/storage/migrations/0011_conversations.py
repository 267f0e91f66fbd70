# Questions asked of a service, its answers, the files joined to them.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Base(Model):
        class Meta:
            database = db

    class Account(Base):
        class Meta:
            table_name = "account"

    class Agent(Base):
        class Meta:
            table_name = "agent"

    class Service(Base):
        class Meta:
            table_name = "service"

    class Dossier(Base):
        id = BigAutoField()

        class Meta:
            table_name = "dossier"

    class Conversation(Base):
        id = BigAutoField()
        number = CharField(max_length=16, unique=True)
        account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
        dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
        service = ForeignKeyField(Service)
        email = CharField(max_length=254)
        language = CharField(max_length=5)
        topic = CharField(max_length=16)
        page = CharField(max_length=200, default="")
        opened_at = UtcField()
        waits_since = UtcField(null=True)
        blocked = JSONField(null=True)
        file_key = CharField(max_length=80, default="")
        sha256 = CharField(max_length=64, default="")

        class Meta:
            table_name = "conversation"
            indexes = ((("service", "waits_since"), False),)

    class Message(Base):
        id = BigAutoField()
        conversation = ForeignKeyField(Conversation, on_delete="CASCADE")
        agent = ForeignKeyField(Agent, null=True)
        text = TextField()
        at = UtcField()

        class Meta:
            table_name = "message"

    class Attachment(Base):
        id = BigAutoField()
        message = ForeignKeyField(Message, on_delete="CASCADE")
        name = CharField(max_length=120)
        key = CharField(max_length=80, unique=True)
        media_type = CharField(max_length=40)
        size = IntegerField()
        sha256 = FixedCharField(max_length=64)

        class Meta:
            table_name = "attachment"

    db.create_tables([Conversation, Message, Attachment])


def down(migrator, db):
    for table in ("attachment", "message", "conversation"):
        migrator.migrate(migrator.drop_table(table))

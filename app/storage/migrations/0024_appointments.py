# Appointments, and the services that take fingerprints before a card is made.
from peewee import *


class Dossier(Model):
    id = AutoField()

    class Meta:
        table_name = "dossier"


class Appointment(Model):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    purpose = CharField(max_length=16)
    at = DateTimeField()
    place = TextField()
    bring = JSONField()
    words = TextField(default="")
    invited_at = DateTimeField()
    version = IntegerField(default=1)
    told = IntegerField(null=True)
    declined_at = DateTimeField(null=True)
    declined_words = TextField(default="")
    outcome = CharField(max_length=12, null=True)
    settled_at = DateTimeField(null=True)

    class Meta:
        table_name = "appointment"


def up(migrator, db):
    with db.bind_ctx([Dossier, Appointment]):
        db.create_tables([Appointment])
    db.execute_sql(
        "CREATE UNIQUE INDEX appointment_open ON appointment (dossier_id, purpose) WHERE outcome IS NULL"
    )
    db.execute_sql("CREATE INDEX appointment_coming ON appointment (at) WHERE outcome IS NULL")
    db.execute_sql("ALTER TABLE service ADD COLUMN fingerprints BOOLEAN NOT NULL DEFAULT FALSE")

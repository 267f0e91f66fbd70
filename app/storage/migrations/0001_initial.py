# Generated from a schema diff on 2026-11-23 12:06.
from peewee import *

from app.storage.database import UtcField


def up(migrator, db):
    class Account(Model):
        foreign_number = CharField(unique=True, max_length=10)
        email = CharField(unique=True, max_length=254)
        password_hash = CharField(max_length=200)
        language = CharField(max_length=5)
        phone = CharField(max_length=20, default="")
        identity = JSONField()
        created_at = UtcField()

        class Meta:
            database = db
            table_name = "account"

    db.create_tables([Account])

    class Service(Model):
        code = CharField(unique=True, max_length=8)
        name = CharField(max_length=120)
        city = CharField(max_length=80)
        collection_place = TextField(default="")

        class Meta:
            database = db
            table_name = "service"

    db.create_tables([Service])

    class Agent(Model):
        service = ForeignKeyField(Service)
        email = CharField(unique=True, max_length=254)
        name = CharField(max_length=80)
        password_hash = CharField(max_length=200)
        totp_secret = CharField(max_length=64)
        totp_last_step = IntegerField(default=0)
        language = CharField(max_length=5, default="fr")
        active = BooleanField(default=True)

        class Meta:
            database = db
            table_name = "agent"

    db.create_tables([Agent])

    class Dossier(Model):
        account = ForeignKeyField(Account)
        journey = CharField(max_length=40)
        journey_version = IntegerField()
        state = CharField(max_length=24)
        answers = JSONField()
        identity = JSONField()
        sealed = JSONField(null=True)
        service = ForeignKeyField(Service, null=True)
        agent = ForeignKeyField(Agent, null=True)
        reference = CharField(unique=True, null=True, max_length=24)
        filed_on = DateField(null=True)
        in_time = BooleanField(default=False)
        rights_end = DateField(null=True)
        legal_answer_on = DateField(null=True)
        search = TextField(default="")
        card = JSONField(null=True)
        created_at = UtcField()
        saved_at = UtcField()

        class Meta:
            database = db
            table_name = "dossier"
            indexes = (
                (("account", "journey", "state"), False),
                (("service", "state", "rights_end", "id"), False),
            )

    db.create_tables([Dossier])

    class Attestation(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        kind = CharField(max_length=16)
        code = CharField(unique=True, max_length=8)
        facts = JSONField()
        issued_at = UtcField()
        valid_from = DateField(null=True)
        valid_until = DateField(null=True)
        file_key = CharField(max_length=80, default="")
        size = IntegerField(default=0)
        sha256 = CharField(max_length=64, default="")
        revoked_at = UtcField(null=True)
        revoked_reason = TextField(default="")

        class Meta:
            database = db
            table_name = "attestation"
            indexes = ((("dossier", "kind", "valid_from"), True),)

    db.create_tables([Attestation])

    class Complement(Model):
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        agent = ForeignKeyField(Agent)
        asked_at = UtcField()
        due_on = DateField()
        answered_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "complement"

    db.create_tables([Complement])

    class ComplementItem(Model):
        complement = ForeignKeyField(Complement, on_delete="CASCADE")
        slot = CharField(max_length=40)
        reason = TextField()
        decision = CharField(max_length=10, default="")

        class Meta:
            database = db
            table_name = "complement_item"

    db.create_tables([ComplementItem])

    class Document(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        slot = CharField(max_length=40)
        name = CharField(max_length=120)
        key = CharField(unique=True, max_length=80)
        preview_key = CharField(max_length=80, default="")
        media_type = CharField(max_length=40)
        size = IntegerField()
        pages = IntegerField()
        sha256 = FixedCharField(max_length=64)
        letter = BooleanField(default=False)
        scan = CharField(max_length=12)
        received_at = UtcField()
        removed_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "document"

    db.create_tables([Document])

    class Event(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        action = CharField(max_length=32)
        role = CharField(max_length=12)
        agent = ForeignKeyField(Agent, null=True)
        at = UtcField()
        reason = TextField(default="")
        facts = JSONField(null=True)

        class Meta:
            database = db
            table_name = "event"

    db.create_tables([Event])

    class Explanation(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
        slot = CharField(max_length=40)
        text = TextField()
        written_at = UtcField()

        class Meta:
            database = db
            table_name = "explanation"
            indexes = ((("dossier", "slot"), True),)

    db.create_tables([Explanation])

    class KeptForm(Model):
        id = BigAutoField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        path = CharField(max_length=200)
        fields = JSONField()
        kept_at = UtcField()

        class Meta:
            database = db
            table_name = "kept_form"
            indexes = ((("account", "path"), True),)

    db.create_tables([KeptForm])

    class Notice(Model):
        id = BigAutoField()
        account = ForeignKeyField(Account, on_delete="CASCADE")
        dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
        kind = CharField(max_length=32)
        facts = JSONField()
        at = UtcField()
        read_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "notice"

    db.create_tables([Notice])

    class Outbox(Model):
        id = BigAutoField()
        kind = CharField(max_length=32)
        payload = JSONField()
        due_at = UtcField()
        leased_until = UtcField(null=True)
        tries = IntegerField(default=0)
        error = TextField(default="")
        done_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "outbox"
            indexes = ((("done_at", "due_at"), False),)

    db.create_tables([Outbox])

    class PhotoCode(Model):
        id = BigAutoField()
        dossier = ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
        code = CharField(max_length=22)
        state = CharField(max_length=16)
        given_at = UtcField()
        checked_at = UtcField()

        class Meta:
            database = db
            table_name = "photo_code"

    db.create_tables([PhotoCode])

    class ResetLink(Model):
        id = BigAutoField()
        digest = FixedCharField(unique=True, max_length=64)
        account = ForeignKeyField(Account, on_delete="CASCADE")
        expires_at = UtcField()
        used_at = UtcField(null=True)

        class Meta:
            database = db
            table_name = "reset_link"

    db.create_tables([ResetLink])

    class Sequence(Model):
        name = CharField(primary_key=True, max_length=40)
        last = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "sequence"

    db.create_tables([Sequence])

    class Session(Model):
        id = BigAutoField()
        digest = FixedCharField(unique=True, max_length=64)
        account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
        agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
        second_factor = BooleanField(default=False)
        created_at = UtcField()
        seen_at = UtcField()

        class Meta:
            database = db
            table_name = "session"

    db.create_tables([Session])

    class Signup(Model):
        id = BigAutoField()
        digest = FixedCharField(unique=True, max_length=64)
        foreign_number = CharField(max_length=10)
        identity = JSONField(null=True)
        email = CharField(max_length=254, default="")
        code_digest = CharField(max_length=64, default="")
        code_tries = IntegerField(default=0)
        code_sent_at = UtcField(null=True)
        verified_at = UtcField(null=True)
        language = CharField(max_length=5)
        created_at = UtcField()

        class Meta:
            database = db
            table_name = "signup"

    db.create_tables([Signup])

    class Throttle(Model):
        key = FixedCharField(primary_key=True, max_length=64)
        failures = IntegerField(default=0)
        last_at = UtcField()
        blocked_until = UtcField(null=True)

        class Meta:
            database = db
            table_name = "throttle"

    db.create_tables([Throttle])

    class UsedPhotoCode(Model):
        code = CharField(primary_key=True, max_length=22)
        dossier = ForeignKeyField(Dossier, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "used_photo_code"

    db.create_tables([UsedPhotoCode])


def down(migrator, db):
    migrator.migrate(migrator.drop_table("used_photo_code"))
    migrator.migrate(migrator.drop_table("throttle"))
    migrator.migrate(migrator.drop_table("signup"))
    migrator.migrate(migrator.drop_table("session"))
    migrator.migrate(migrator.drop_table("sequence"))
    migrator.migrate(migrator.drop_table("reset_link"))
    migrator.migrate(migrator.drop_table("photo_code"))
    migrator.migrate(migrator.drop_table("outbox"))
    migrator.migrate(migrator.drop_table("notice"))
    migrator.migrate(migrator.drop_table("kept_form"))
    migrator.migrate(migrator.drop_table("explanation"))
    migrator.migrate(migrator.drop_table("event"))
    migrator.migrate(migrator.drop_table("document"))
    migrator.migrate(migrator.drop_table("complement_item"))
    migrator.migrate(migrator.drop_table("complement"))
    migrator.migrate(migrator.drop_table("attestation"))
    migrator.migrate(migrator.drop_table("dossier"))
    migrator.migrate(migrator.drop_table("agent"))
    migrator.migrate(migrator.drop_table("service"))
    migrator.migrate(migrator.drop_table("account"))

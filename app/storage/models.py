"""The tables. Only this package and its queries know them."""

from peewee import (
    AutoField,
    BigAutoField,
    BooleanField,
    CharField,
    DateField,
    FixedCharField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    TextField,
)

from app.storage.database import UtcField, database


class Table(Model):
    """All tables live in the one bound database."""

    class Meta:
        database = database
        legacy_table_names = False


class Service(Table):
    """A prefecture or sub-prefecture that handles permits."""

    id = AutoField()
    code = CharField(8, unique=True)  # of the département, first part of a reference
    name = CharField(120)
    city = CharField(80)
    collection_place = TextField(default="")  # where cards are handed over


class Account(Table):
    """An applicant."""

    id = AutoField()
    foreign_number = CharField(10, unique=True)
    email = CharField(254, unique=True)  # normal form
    password_hash = CharField(200)
    language = CharField(5)
    phone = CharField(20, default="")  # E.164
    identity = JSONField()  # the permit register's record when the account was made
    created_at = UtcField()


class Agent(Table):
    """A member of a service."""

    id = AutoField()
    service = ForeignKeyField(Service, backref="agents")
    email = CharField(254, unique=True)
    name = CharField(80)
    password_hash = CharField(200)
    totp_secret = CharField(64)
    totp_last_step = IntegerField(default=0)  # a code is used once
    language = CharField(5, default="fr")
    active = BooleanField(default=True)


class Session(Table):
    """A signed-in browser; the cookie holds the token, the table its digest."""

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE", backref="sessions")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="sessions")
    second_factor = BooleanField(default=False)
    created_at = UtcField()
    seen_at = UtcField()


class Signup(Table):
    """An account being made: identified, then with an e-mail to verify, then a password."""

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)  # of the token in the browser
    foreign_number = CharField(10)
    identity = JSONField(null=True)  # null: nothing matched, and the pages look the same
    email = CharField(254, default="")
    code_digest = CharField(64, default="")
    code_tries = IntegerField(default=0)
    code_sent_at = UtcField(null=True)
    verified_at = UtcField(null=True)
    language = CharField(5)
    created_at = UtcField()


class ResetLink(Table):
    """A link that sets a new password, once."""

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    expires_at = UtcField()
    used_at = UtcField(null=True)


class Throttle(Table):
    """Failures of one key (an account seen from one source), and until when the next try waits."""

    key = FixedCharField(64, primary_key=True)
    failures = IntegerField(default=0)
    last_at = UtcField()
    blocked_until = UtcField(null=True)


class KeptForm(Table):
    """What was typed when a session had ended, given back after signing in."""

    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    path = CharField(200)
    fields = JSONField()
    kept_at = UtcField()

    class Meta:
        indexes = ((("account", "path"), True),)


class Sequence(Table):
    """The last number given in a series, such as the references of one service and year."""

    name = CharField(40, primary_key=True)
    last = IntegerField(default=0)


class Dossier(Table):
    """An application, from draft to hand-over. `state` moves only through `storage.dossiers.record`."""

    id = AutoField()
    account = ForeignKeyField(Account, backref="dossiers")
    journey = CharField(40)
    journey_version = IntegerField()
    state = CharField(24)
    answers = JSONField()
    identity = JSONField()  # snapshot of the register's record
    sealed = JSONField(null=True)  # relevant answers, as filed
    service = ForeignKeyField(Service, null=True, backref="dossiers")
    agent = ForeignKeyField(Agent, null=True, backref="dossiers")
    reference = CharField(24, null=True, unique=True)
    filed_on = DateField(null=True)
    in_time = BooleanField(default=False)  # filed within the window: the extension issues itself
    rights_end = DateField(null=True)  # the last day covered by a permit or a certificate
    legal_answer_on = DateField(null=True)
    search = TextField(default="")  # folded names and numbers, see storage.queue
    card = JSONField(null=True)  # place, amount in cents, once announced
    created_at = UtcField()
    saved_at = UtcField()

    class Meta:
        indexes = (
            (("account", "journey", "state"), False),
            (("service", "state", "rights_end", "id"), False),
        )


class Event(Table):
    """What happened to a dossier: append-only, the source of every date shown."""

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="events", on_delete="CASCADE")
    action = CharField(32)
    role = CharField(12)
    agent = ForeignKeyField(Agent, null=True)
    at = UtcField()
    reason = TextField(default="")
    facts = JSONField(null=True)


class Document(Table):
    """A file received for a supporting document, re-encoded by us."""

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="documents", on_delete="CASCADE")
    slot = CharField(40)
    name = CharField(120)  # the person's file name, for display only
    key = CharField(80, unique=True)
    preview_key = CharField(80, default="")
    media_type = CharField(40)
    size = IntegerField()
    pages = IntegerField()
    sha256 = FixedCharField(64)
    letter = BooleanField(default=False)  # a letter in place of the document
    scan = CharField(12)  # clean, waiting, not_scanned
    received_at = UtcField()
    removed_at = UtcField(null=True)  # replaced or removed: kept once filed


class Explanation(Table):
    """Why a document is not there, in the person's words."""

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="explanations", on_delete="CASCADE")
    slot = CharField(40)
    text = TextField()
    written_at = UtcField()

    class Meta:
        indexes = ((("dossier", "slot"), True),)


class PhotoCode(Table):
    """An e-photo code: usable for one dossier. `state` is what the photo desk last said of it."""

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, unique=True, backref="photo", on_delete="CASCADE")
    code = CharField(22)
    state = CharField(16)
    given_at = UtcField()
    checked_at = UtcField()


class UsedPhotoCode(Table):
    """A code consumed by a filing: single use, whoever types it next."""

    code = CharField(22, primary_key=True)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")


class Complement(Table):
    """A request for documents."""

    id = AutoField()
    dossier = ForeignKeyField(Dossier, backref="complements", on_delete="CASCADE")
    agent = ForeignKeyField(Agent)
    asked_at = UtcField()
    due_on = DateField()
    answered_at = UtcField(null=True)


class ComplementItem(Table):
    """One document asked for again, with its reason, and what the applicant decided."""

    id = AutoField()
    complement = ForeignKeyField(Complement, backref="items", on_delete="CASCADE")
    slot = CharField(40)
    reason = TextField()
    decision = CharField(10, default="")  # keep, replace, letter


class Attestation(Table):
    """A certificate, made once: `facts` is all it says, the stored PDF never changes."""

    id = AutoField()
    dossier = ForeignKeyField(Dossier, backref="attestations", on_delete="CASCADE")
    kind = CharField(16)
    code = CharField(8, unique=True)
    facts = JSONField()
    issued_at = UtcField()
    valid_from = DateField(null=True)
    valid_until = DateField(null=True)
    file_key = CharField(80, default="")  # empty until the worker has printed it
    size = IntegerField(default=0)
    sha256 = CharField(64, default="")
    revoked_at = UtcField(null=True)
    revoked_reason = TextField(default="")

    class Meta:
        indexes = ((("dossier", "kind", "valid_from"), True),)  # nothing issues twice


class Notice(Table):
    """A message shown in the applicant's space."""

    id = BigAutoField()
    account = ForeignKeyField(Account, backref="notices", on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    kind = CharField(32)
    facts = JSONField()
    at = UtcField()
    read_at = UtcField(null=True)


class Outbox(Table):
    """Work to do after an act, written in the act's own transaction."""

    id = BigAutoField()
    kind = CharField(32)
    payload = JSONField()
    due_at = UtcField()
    leased_until = UtcField(null=True)
    tries = IntegerField(default=0)
    error = TextField(default="")
    done_at = UtcField(null=True)

    class Meta:
        indexes = ((("done_at", "due_at"), False),)


TABLES: tuple[type[Table], ...] = (
    Service,
    Account,
    Agent,
    Session,
    Signup,
    ResetLink,
    Throttle,
    KeptForm,
    Sequence,
    Dossier,
    Event,
    Document,
    Explanation,
    PhotoCode,
    UsedPhotoCode,
    Complement,
    ComplementItem,
    Attestation,
    Notice,
    Outbox,
)

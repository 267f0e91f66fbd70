"""Applications, their documents, requests and certificates."""

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
    TextField,
)

from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Dossier(Table):
    """An application, from draft to hand-over. `state` moves only through `storage.dossiers.record`."""

    account_id: int
    service_id: int | None
    agent_id: int | None

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
    extension = CharField(
        8, default=""
    )  # an agent's word against that rule: GRANTED, WITHHELD, see domain.states
    rights_end = DateField(null=True)  # the last day covered by a permit or a certificate
    legal_answer_on = DateField(null=True)
    search = TextField(default="")  # folded names and numbers, see storage.queue
    with_card = BooleanField(default=True)  # a card is made once it is granted
    decision = JSONField(null=True)  # what was granted, or why not: see domain.decisions; null once reopened
    card = JSONField(null=True)  # place, amount in cents, once announced
    created_at = UtcField()
    saved_at = UtcField()

    class Meta:
        indexes = (
            (("account", "journey", "state"), False),
            (("service", "state", "rights_end", "id"), False),
            (("service", "filed_on", "id"), False),  # a list of what was filed in a period
        )


class Event(Table):
    """What happened to a dossier: append-only, the source of every date shown."""

    dossier_id: int
    agent_id: int | None

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="events", on_delete="CASCADE")
    action = CharField(32)
    role = CharField(12)
    agent = ForeignKeyField(Agent, null=True)
    at = UtcField()
    reason = TextField(default="")
    facts = JSONField(null=True)

    class Meta:
        indexes = ((("agent", "action", "at"), False),)  # what colleagues did lately, see storage.handovers


class Document(Table):
    """A file received for a supporting document, re-encoded by us."""

    dossier_id: int

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

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="explanations", on_delete="CASCADE")
    slot = CharField(40)
    text = TextField()
    written_at = UtcField()

    class Meta:
        indexes = ((("dossier", "slot"), True),)


class PhotoCode(Table):
    """An e-photo code: usable for one dossier. `state` is what the photo desk last said of it."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, unique=True, backref="photo", on_delete="CASCADE")
    code = CharField(22)
    state = CharField(16)
    given_at = UtcField()
    checked_at = UtcField()


class UsedPhotoCode(Table):
    """A code consumed by a filing: single use, whoever types it next."""

    dossier_id: int

    code = CharField(22, primary_key=True)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")


class Complement(Table):
    """A request for documents."""

    dossier_id: int
    agent_id: int

    id = AutoField()
    dossier = ForeignKeyField(Dossier, backref="complements", on_delete="CASCADE")
    agent = ForeignKeyField(Agent)
    asked_at = UtcField()
    due_on = DateField()
    answered_at = UtcField(null=True)
    time_reason = TextField(default="")  # why the applicant needs more time; the last time they asked
    time_asked_at = UtcField(null=True)
    time_answered_at = UtcField(null=True)
    unsent_told_at = UtcField(null=True)  # when the applicant was last told that their answer is not sent

    class Meta:
        indexes = ((("agent", "asked_at"), False),)  # what a team asked in a period


class ComplementReminder(Table):
    """A reminder of a request, sent or passed over: once for each date asked and number of days before it."""

    complement_id: int

    id = BigAutoField()
    complement = ForeignKeyField(Complement, backref="+", on_delete="CASCADE")
    due_on = DateField()
    days = IntegerField()
    at = UtcField()

    class Meta:
        table_name = "complement_reminder"
        indexes = ((("complement", "due_on", "days"), True),)


class ComplementItem(Table):
    """One document asked for again, with its reason, and what the applicant decided."""

    complement_id: int

    id = AutoField()
    complement = ForeignKeyField(Complement, backref="+", on_delete="CASCADE")
    slot = CharField(40)
    reason = TextField()
    decision = CharField(10, default="")  # keep, replace, letter
    decided_at = UtcField(null=True)


class Attestation(Table):
    """A certificate, made once: `facts` is all it says, the stored PDF never changes."""

    dossier_id: int

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

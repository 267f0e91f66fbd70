# The whole schema, as it was when the first edition began.
from peewee import *


class Table(Model):
    pass


class Account(Table):
    id = AutoField()
    foreign_number = CharField(unique=True, null=True, max_length=10)
    email = CharField(unique=True, max_length=254)
    password_hash = CharField(max_length=200)
    language = CharField(max_length=5)
    phone = CharField(max_length=20)
    identity = JSONField()
    created_at = DateTimeField()
    visa_number = CharField(unique=True, null=True, max_length=12)
    provisional_until = DateTimeField(null=True)

    class Meta:
        table_name = "account"


class Service(Table):
    id = AutoField()
    code = CharField(unique=True, max_length=8)
    name = CharField(max_length=120)
    city = CharField(max_length=80)
    collection_place = TextField()
    department = CharField(max_length=3)
    help_place = TextField()
    site = CharField(max_length=200)
    active = BooleanField()
    address = CharField(max_length=200)

    class Meta:
        table_name = "service"


class Agent(Table):
    id = AutoField()
    service = ForeignKeyField(Service, null=True)
    email = CharField(unique=True, max_length=254)
    name = CharField(max_length=80)
    password_hash = CharField(max_length=200)
    totp_secret = CharField(max_length=64)
    totp_last_step = IntegerField()
    language = CharField(max_length=5)
    active = BooleanField()
    rank = CharField(max_length=16)
    search = CharField(max_length=400)

    class Meta:
        table_name = "agent"


class AdministrationRecord(Table):
    id = BigAutoField()
    at = DateTimeField()
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="+")
    deed = CharField(max_length=16)
    subject = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="+")
    service = ForeignKeyField(Service, null=True, on_delete="CASCADE")
    facts = JSONField()

    class Meta:
        table_name = "administration_record"
        indexes = ((("subject", "id"), False),)


class AgentLink(Table):
    id = BigAutoField()
    digest = FixedCharField(unique=True, max_length=64)
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    purpose = CharField(max_length=12)
    password_hash = CharField(max_length=200)
    totp_secret = CharField(max_length=64)
    expires_at = DateTimeField()
    used_at = DateTimeField(null=True)

    class Meta:
        table_name = "agent_link"


class Dossier(Table):
    id = AutoField()
    account = ForeignKeyField(Account)
    journey = CharField(max_length=40)
    journey_version = IntegerField()
    state = CharField(max_length=24)
    answers = JSONField()
    identity = JSONField()
    sealed = JSONField(null=True)
    service = ForeignKeyField(Service, null=True, index=False)
    agent = ForeignKeyField(Agent, null=True)
    reference = CharField(unique=True, null=True, max_length=24)
    filed_on = DateField(null=True)
    in_time = BooleanField()
    rights_end = DateField(null=True)
    legal_answer_on = DateField(null=True)
    card = JSONField(null=True)
    created_at = DateTimeField()
    saved_at = DateTimeField()
    with_card = BooleanField()
    extension = CharField(max_length=8)
    decision = JSONField(null=True)

    class Meta:
        table_name = "dossier"
        indexes = (
            (("account", "journey", "state"), False),
            (("service", "state", "rights_end", "filed_on", "id"), False),
            (("service", "filed_on", "id"), False),
        )


class Conversation(Table):
    id = BigAutoField()
    number = CharField(unique=True, max_length=16)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    service = ForeignKeyField(Service)
    email = CharField(max_length=254)
    language = CharField(max_length=5)
    topic = CharField(max_length=16)
    page = CharField(max_length=200)
    opened_at = DateTimeField()
    waits_since = DateTimeField(null=True)
    blocked = JSONField(null=True)
    file_key = CharField(max_length=80)
    sha256 = CharField(max_length=64)

    class Meta:
        table_name = "conversation"
        indexes = ((("service", "waits_since"), False),)


class Message(Table):
    id = BigAutoField()
    conversation = ForeignKeyField(Conversation, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True)
    text = TextField()
    at = DateTimeField()

    class Meta:
        table_name = "message"


class Attachment(Table):
    id = BigAutoField()
    message = ForeignKeyField(Message, on_delete="CASCADE")
    name = CharField(max_length=120)
    key = CharField(unique=True, max_length=80)
    media_type = CharField(max_length=40)
    size = IntegerField()
    sha256 = FixedCharField(max_length=64)

    class Meta:
        table_name = "attachment"


class Attestation(Table):
    id = AutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    kind = CharField(max_length=16)
    code = CharField(unique=True, max_length=8)
    facts = JSONField()
    issued_at = DateTimeField()
    valid_from = DateField(null=True)
    valid_until = DateField(null=True)
    file_key = CharField(max_length=80)
    size = IntegerField()
    sha256 = CharField(max_length=64)
    revoked_at = DateTimeField(null=True)
    revoked_reason = TextField()

    class Meta:
        table_name = "attestation"
        indexes = ((("dossier", "kind", "valid_from"), True),)


class AuditRecord(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    position = IntegerField()
    at = DateTimeField()
    role = CharField(max_length=12)
    agent = ForeignKeyField(Agent, null=True)
    service = ForeignKeyField(Service, null=True)
    action = CharField(max_length=32)
    facts = JSONField()
    previous = FixedCharField(max_length=64)
    digest = FixedCharField(max_length=64)

    class Meta:
        table_name = "audit_record"
        indexes = ((("dossier", "position"), True),)


class Complement(Table):
    id = AutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    agent = ForeignKeyField(Agent)
    asked_at = DateTimeField()
    due_on = DateField()
    answered_at = DateTimeField(null=True)
    time_reason = TextField()
    time_asked_at = DateTimeField(null=True)
    time_answered_at = DateTimeField(null=True)
    unsent_told_at = DateTimeField(null=True)

    class Meta:
        table_name = "complement"
        indexes = ((("agent", "asked_at"), False), (("answered_at", "due_on"), False))


class ComplementItem(Table):
    id = AutoField()
    complement = ForeignKeyField(Complement, on_delete="CASCADE")
    slot = CharField(max_length=40)
    reason = TextField()
    decision = CharField(max_length=10)
    decided_at = DateTimeField(null=True)

    class Meta:
        table_name = "complement_item"


class ComplementReminder(Table):
    id = BigAutoField()
    complement = ForeignKeyField(Complement, on_delete="CASCADE")
    due_on = DateField()
    days = IntegerField()
    at = DateTimeField()

    class Meta:
        table_name = "complement_reminder"
        indexes = ((("complement", "due_on", "days"), True),)


class Correction(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    at = DateTimeField()
    changes = JSONField()

    class Meta:
        table_name = "correction"


class DecisionLetter(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    kind = CharField(max_length=16)
    text = TextField()
    values = JSONField()
    issued_at = DateTimeField()
    file_key = CharField(max_length=80)
    size = IntegerField()
    sha256 = CharField(max_length=64)

    class Meta:
        table_name = "decision_letter"


class DelayFigure(Table):
    id = AutoField()
    service = ForeignKeyField(Service, on_delete="CASCADE", index=False)
    journey = CharField(max_length=40)
    size = IntegerField()
    low = IntegerField()
    high = IntegerField()
    counted_on = DateField(index=True)

    class Meta:
        table_name = "delay_figure"
        indexes = ((("service", "journey"), True),)


class Document(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    slot = CharField(max_length=40)
    name = CharField(max_length=120)
    key = CharField(unique=True, max_length=80)
    preview_key = CharField(max_length=80)
    media_type = CharField(max_length=40)
    size = IntegerField()
    pages = IntegerField()
    sha256 = FixedCharField(max_length=64)
    letter = BooleanField()
    scan = CharField(max_length=12)
    received_at = DateTimeField()
    removed_at = DateTimeField(null=True)

    class Meta:
        table_name = "document"


class DocumentMark(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    slot = CharField(max_length=40)
    mark = CharField(max_length=20)
    version = TextField()
    agent = ForeignKeyField(Agent)
    at = DateTimeField()

    class Meta:
        table_name = "document_mark"
        indexes = ((("dossier", "slot"), False),)


class EndWarning(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    ends_on = DateField()
    days = IntegerField()
    at = DateTimeField()

    class Meta:
        table_name = "end_warning"
        indexes = ((("dossier", "ends_on", "days"), True),)


class Entry(Table):
    id = BigAutoField()
    digest = FixedCharField(unique=True, max_length=64)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    code_digest = FixedCharField(max_length=64)
    link_digest = FixedCharField(unique=True, max_length=64)
    tries = IntegerField()
    asked_at = DateTimeField()
    used_at = DateTimeField(null=True)

    class Meta:
        table_name = "entry"


class Event(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    action = CharField(max_length=32)
    role = CharField(max_length=12)
    agent = ForeignKeyField(Agent, null=True)
    at = DateTimeField()
    reason = TextField()
    facts = JSONField(null=True)

    class Meta:
        table_name = "event"
        indexes = ((("agent", "action", "at"), False),)


class Explanation(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    slot = CharField(max_length=40)
    text = TextField()
    written_at = DateTimeField()

    class Meta:
        table_name = "explanation"
        indexes = ((("dossier", "slot"), True),)


class ExportRecord(Table):
    id = AutoField()
    service = ForeignKeyField(Service)
    agent = ForeignKeyField(Agent)
    what = CharField(max_length=16)
    since = DateField()
    until = DateField()
    journey = CharField(max_length=40)
    rows = IntegerField()
    cut = BooleanField()
    at = DateTimeField()

    class Meta:
        table_name = "export_record"


class InternalNote(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    agent = ForeignKeyField(Agent)
    at = DateTimeField()
    text = TextField()
    struck_at = DateTimeField(null=True)

    class Meta:
        table_name = "internal_note"


class KeptForm(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    path = CharField(max_length=200)
    fields = JSONField()
    kept_at = DateTimeField()

    class Meta:
        table_name = "kept_form"
        indexes = ((("account", "path"), True),)


class LetterTemplate(Table):
    id = AutoField()
    service = ForeignKeyField(Service)
    kind = CharField(max_length=16)
    text = TextField()
    agent = ForeignKeyField(Agent)
    at = DateTimeField()

    class Meta:
        table_name = "letter_template"
        indexes = ((("service", "kind", "id"), False),)


class MutedReminder(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    kind = CharField(max_length=16)

    class Meta:
        table_name = "muted_reminder"
        indexes = ((("account", "kind"), True),)


class Notice(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    dossier = ForeignKeyField(Dossier, null=True, on_delete="CASCADE")
    kind = CharField(max_length=32)
    facts = JSONField()
    at = DateTimeField()
    read_at = DateTimeField(null=True)

    class Meta:
        table_name = "notice"


class Outbox(Table):
    id = BigAutoField()
    kind = CharField(max_length=32)
    payload = JSONField()
    due_at = DateTimeField()
    leased_until = DateTimeField(null=True)
    tries = IntegerField()
    error = TextField()
    done_at = DateTimeField(null=True)

    class Meta:
        table_name = "outbox"
        indexes = ((("done_at", "due_at"), False),)


class PhotoCode(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, unique=True, on_delete="CASCADE")
    code = CharField(max_length=22)
    state = CharField(max_length=16)
    given_at = DateTimeField()
    checked_at = DateTimeField()

    class Meta:
        table_name = "photo_code"


class Recovery(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    service = ForeignKeyField(Service)
    email = CharField(max_length=254)
    language = CharField(max_length=5)
    link_digest = FixedCharField(unique=True, max_length=64)
    stop_digest = CharField(unique=True, null=True, max_length=64)
    asked_at = DateTimeField()
    confirmed_at = DateTimeField(null=True)
    stopped_at = DateTimeField(null=True)
    decided_at = DateTimeField(null=True)
    agent = ForeignKeyField(Agent, null=True)
    checked = CharField(max_length=12)
    reason = TextField()
    replaced = CharField(max_length=254)

    class Meta:
        table_name = "recovery"
        indexes = ((("service", "decided_at"), False),)


class Reminder(Table):
    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    permit_until = DateField()
    kind = CharField(max_length=16)
    sent = BooleanField()
    at = DateTimeField()

    class Meta:
        table_name = "reminder"
        indexes = ((("account", "permit_until", "kind"), True),)


class ResetLink(Table):
    id = BigAutoField()
    digest = FixedCharField(unique=True, max_length=64)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    expires_at = DateTimeField()
    used_at = DateTimeField(null=True)

    class Meta:
        table_name = "reset_link"


class ReturnReminder(Table):
    id = BigAutoField()
    email = CharField(max_length=254)
    language = CharField(max_length=5)
    opens = DateField()
    closes = DateField()
    digest = CharField(unique=True, max_length=64)
    asked_at = DateTimeField()
    confirmed_at = DateTimeField(null=True)

    class Meta:
        table_name = "return_reminder"
        indexes = ((("email", "opens"), True), (("opens", "confirmed_at"), False))


class SavedView(Table):
    id = AutoField()
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    name = CharField(max_length=60)
    query = JSONField()

    class Meta:
        table_name = "saved_view"
        indexes = ((("agent", "name"), True),)


class SearchWord(Table):
    service = ForeignKeyField(Service, index=False)
    word = TextField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE", index=False)

    class Meta:
        table_name = "search_word"
        primary_key = CompositeKey("service", "word", "dossier")
        indexes = ((("dossier", "word"), False),)


class Sequence(Table):
    name = CharField(primary_key=True, max_length=40)
    last = IntegerField()

    class Meta:
        table_name = "sequence"


class Session(Table):
    id = BigAutoField()
    digest = FixedCharField(unique=True, max_length=64)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
    second_factor = BooleanField()
    created_at = DateTimeField()
    seen_at = DateTimeField()
    device = CharField(max_length=40)

    class Meta:
        table_name = "session"


class Signup(Table):
    id = BigAutoField()
    digest = FixedCharField(unique=True, max_length=64)
    foreign_number = CharField(max_length=10)
    identity = JSONField(null=True)
    email = CharField(max_length=254)
    code_digest = CharField(max_length=64)
    code_tries = IntegerField()
    code_sent_at = DateTimeField(null=True)
    verified_at = DateTimeField(null=True)
    language = CharField(max_length=5)
    created_at = DateTimeField()

    class Meta:
        table_name = "signup"


class RecoveryCode(Table):
    id = BigAutoField()
    agent = ForeignKeyField(Agent, on_delete="CASCADE")
    digest = FixedCharField(max_length=64)

    class Meta:
        table_name = "recovery_code"
        indexes = ((("agent", "digest"), True),)


class StageTime(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    service = ForeignKeyField(Service, index=False)
    agent = ForeignKeyField(Agent, null=True, index=False)
    journey = CharField(max_length=40)
    stage = CharField(max_length=16)
    opened_by = ForeignKeyField(Event, on_delete="CASCADE", index=False)
    ended_on = DateField()
    days = IntegerField()
    outcome = CharField(max_length=24)

    class Meta:
        table_name = "stage_time"
        indexes = (
            (("opened_by", "stage"), True),
            (("service", "ended_on", "stage", "journey", "days", "outcome", "agent"), False),
        )


class Throttle(Table):
    key = FixedCharField(primary_key=True, max_length=64)
    failures = IntegerField()
    last_at = DateTimeField()
    blocked_until = DateTimeField(null=True)

    class Meta:
        table_name = "throttle"


class Transfer(Table):
    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    origin = ForeignKeyField(Service, index=False, backref="+")
    target = ForeignKeyField(Service, index=False, backref="+")
    at = DateTimeField()

    class Meta:
        table_name = "transfer"
        indexes = ((("origin", "at"), False), (("target", "at"), False))


class UsedPhotoCode(Table):
    code = CharField(primary_key=True, max_length=22)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")

    class Meta:
        table_name = "used_photo_code"


class UsedStamp(Table):
    number = FixedCharField(primary_key=True, max_length=16)
    dossier = ForeignKeyField(Dossier, on_delete="CASCADE")
    reserved_at = DateTimeField()
    used_at = DateTimeField(null=True)

    class Meta:
        table_name = "used_stamp"


OPEN = "state IN ('complement_received', 'complement_requested', 'filed', 'in_review')"
CARDS = "state IN ('card_available', 'favourable', 'in_production') AND with_card"
# What Peewee does not write from a model: partial indexes, one of an expression, one whose name is the table's.
INDEXES = (
    f"dossier_open ON dossier (service_id, rights_end, filed_on, id, state, journey, agent_id) WHERE {OPEN}",
    f"dossier_mine ON dossier (agent_id, rights_end, filed_on, id) WHERE {OPEN}",
    f"dossier_cards ON dossier (service_id, rights_end, filed_on, id) WHERE {CARDS}",
    "dossier_filed ON dossier (service_id, rights_end, filed_on, id) WHERE reference IS NOT NULL",
    f"dossier_ending ON dossier (rights_end, id) WHERE {OPEN}",
    "account_permit_ends ON account ((identity ->> 'valid_until'))",
    "photo_code_state_given_at ON photo_code (state, given_at)",
)

# Records that are append-only: a change is refused, and a removal unless what they tell of goes too.
SQLITE = (
    """CREATE TRIGGER audit_record_kept BEFORE UPDATE ON audit_record
    BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
    """CREATE TRIGGER audit_record_stays BEFORE DELETE ON audit_record
    WHEN EXISTS (SELECT 1 FROM dossier WHERE id = OLD.dossier_id)
    BEGIN SELECT RAISE(ABORT, 'audit_record is append-only'); END""",
    """CREATE TRIGGER administration_record_kept BEFORE UPDATE ON administration_record
    BEGIN SELECT RAISE(ABORT, 'administration_record is append-only'); END""",
    """CREATE TRIGGER administration_record_stays BEFORE DELETE ON administration_record
    WHEN (OLD.agent_id IS NULL OR EXISTS (SELECT 1 FROM agent WHERE id = OLD.agent_id))
    AND (OLD.subject_id IS NULL OR EXISTS (SELECT 1 FROM agent WHERE id = OLD.subject_id))
    BEGIN SELECT RAISE(ABORT, 'administration_record is append-only'); END""",
    """CREATE TRIGGER export_record_kept BEFORE UPDATE ON export_record
        BEGIN SELECT RAISE(ABORT, 'export_record is append-only'); END""",
)
POSTGRES = (
    # Bytes in order, whatever the language of the server: a prefix is then a range of the index.
    'ALTER TABLE search_word ALTER COLUMN word TYPE text COLLATE "C"',
    """CREATE FUNCTION audit_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM dossier WHERE id = OLD.dossier_id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'audit_record is append-only';
    END $$""",
    """CREATE TRIGGER audit_record_kept BEFORE UPDATE OR DELETE ON audit_record
    FOR EACH ROW EXECUTE FUNCTION audit_record_refuse()""",
    """CREATE FUNCTION administration_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND (
            (OLD.agent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agent WHERE id = OLD.agent_id))
            OR (OLD.subject_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agent WHERE id = OLD.subject_id))
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'administration_record is append-only';
    END $$""",
    """CREATE TRIGGER administration_record_kept BEFORE UPDATE OR DELETE ON administration_record
    FOR EACH ROW EXECUTE FUNCTION administration_record_refuse()""",
    """CREATE FUNCTION export_record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'export_record is append-only'; END $$""",
    """CREATE TRIGGER export_record_kept BEFORE UPDATE ON export_record
        FOR EACH ROW EXECUTE FUNCTION export_record_refuse()""",
)


def up(migrator, db):
    sqlite = isinstance(db, SqliteDatabase)
    SearchWord._meta.without_rowid = sqlite
    tables = Table.__subclasses__()
    with db.bind_ctx(tables):
        db.create_tables(tables)
    for index in INDEXES:
        db.execute_sql(f"CREATE INDEX {index}")
    for statement in SQLITE if sqlite else POSTGRES:
        db.execute_sql(statement)

"""Applications, their documents, requests and certificates."""

from collections.abc import Iterable
from typing import Any

from peewee import (
    SQL,
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

from app.domain.dossiers.states import OPEN, State
from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Dossier(Table):
    """An application, from draft to hand-over. `state` moves only through `storage.applications.dossiers.transition`."""

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
    service = ForeignKeyField(
        Service, null=True, backref="dossiers", index=False
    )  # every list begins with it
    agent = ForeignKeyField(Agent, null=True, backref="dossiers")
    reference = CharField(24, null=True, unique=True)
    filed_on = DateField(null=True)
    in_time = BooleanField(default=False)  # filed within the window: the extension issues itself
    extension = CharField(
        8, default=""
    )  # an agent's word against that rule: GRANTED, WITHHELD, see domain.states
    rights_end = DateField(null=True)  # the last day covered by a permit or a certificate
    legal_answer_on = DateField(null=True)
    with_card = BooleanField(default=True)  # a card is made once it is granted
    decision = JSONField(null=True)  # what was granted, or why not: see domain.decisions; null once reopened
    card = JSONField(null=True)  # place, amount in cents, once announced
    created_at = UtcField()
    saved_at = UtcField()

    class Meta:
        indexes = (
            (("account", "journey", "state"), False),
            (("service", "state", "rights_end", "filed_on", "id"), False),
            (("service", "filed_on", "id"), False),  # a list of what was filed in a period
        )


def in_states(states: Iterable[State]) -> Any:
    """The condition of being in one of these states, written out: a partial index is used for the same words only."""
    return Dossier.state.in_(SQL(f"({', '.join(sorted(repr(str(state)) for state in states))})"))


CARDS = frozenset({State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE})
_ORDER = (Dossier.rights_end, Dossier.filed_on, Dossier.id)
# The order of each list; what else is looked at follows it, so that counting reads nothing but the index.
Dossier.add_index(
    Dossier.service,
    *_ORDER,
    Dossier.state,
    Dossier.journey,
    Dossier.agent,
    where=in_states(OPEN),
    name="dossier_open",
)
Dossier.add_index(Dossier.agent, *_ORDER, where=in_states(OPEN), name="dossier_mine")
Dossier.add_index(Dossier.service, *_ORDER, where=in_states(CARDS) & Dossier.with_card, name="dossier_cards")
Dossier.add_index(Dossier.service, *_ORDER, where=Dossier.reference.is_null(False), name="dossier_filed")
Dossier.add_index(Dossier.rights_end, Dossier.id, where=in_states(OPEN), name="dossier_ending")


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

    class Meta:
        indexes = ((("state", "given_at"), False),)


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
        indexes = (
            (("agent", "asked_at"), False),  # what a team asked in a period
            (("answered_at", "due_on"), False),
        )


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
    decision = CharField(10, default="")  # keep, replace, letter, unanswered
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

"""Dossiers, their events, documents, requests and certificates."""

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

from app.domain.dossiers.states import ENDED, OPEN, State
from app.storage.database import UtcField
from app.storage.models.people import Account, Agent, Service
from app.storage.models.table import Table


class Dossier(Table):
    """An application, from draft to hand-over. Only `storage.applications.dossiers.transition` changes `state`."""

    account_id: int
    service_id: int | None
    agent_id: int | None

    id = AutoField()
    account = ForeignKeyField(Account, backref="dossiers")
    journey = CharField(40)
    journey_version = IntegerField()
    state = CharField(24)
    answers = JSONField()
    identity = JSONField()  # copy of the register's record
    sealed = JSONField(null=True)  # relevant answers, as filed; null for a draft
    service = ForeignKeyField(
        Service, null=True, backref="dossiers", index=False
    )  # the indexes below begin with it
    agent = ForeignKeyField(Agent, null=True, backref="dossiers")
    reference = CharField(24, null=True, unique=True)
    filed_on = DateField(null=True)
    in_time = BooleanField(default=False)  # filed within the window: the extension is automatic
    extension = CharField(
        8, default=""
    )  # an agent's exception to that rule: GRANTED, WITHHELD of domain.dossiers.states
    # Last day covered by the permit or a certificate issued; `domain.rules.calendar.NO_END` if no day ends them.
    rights_end = DateField(null=True)
    legal_answer_on = DateField(null=True)
    work_mention = TextField(
        null=True
    )  # exception to the rule on work, printed on its extension certificates
    with_card = BooleanField(default=True)  # a favourable decision is followed by a card
    fee = IntegerField(null=True)  # cents that a supervisor set in place of the rule's; null: the rule's
    decision = JSONField(null=True)  # see domain.dossiers.decisions; null once reopened
    card = JSONField(null=True)  # `place` and `amount` in cents, once announced
    card_since = DateField(null=True)  # the day of its announcement
    card_told = IntegerField(null=True)  # days of the last reminder to collect it
    created_at = UtcField()
    saved_at = UtcField()
    on_hold = BooleanField(null=True)  # a court is seised: nothing of it is erased; null otherwise

    class Meta:
        indexes = (
            (("account", "journey", "state"), False),
            (("service", "state", "rights_end", "filed_on", "id"), False),
            (("service", "filed_on", "id"), False),  # exports of a period
        )


def in_states(states: Iterable[State]) -> Any:
    """Return the condition of being in one of these states, as literals: a partial index matches only the same SQL."""
    return Dossier.state.in_(SQL(f"({', '.join(sorted(repr(str(state)) for state in states))})"))


CARDS = frozenset({State.FAVOURABLE, State.IN_PRODUCTION, State.CARD_AVAILABLE})
DECIDED = CARDS | {State.HANDED_OVER, State.UNFAVOURABLE, State.CLOSED}  # by an agent
WATCHED = OPEN | CARDS  # until the card is in hand, rights can end
_ORDER = (Dossier.rights_end, Dossier.filed_on, Dossier.id)
# Each index has the order of one list, then the columns of its filters, so that counts read the index only.
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
Dossier.add_index(Dossier.agent, *_ORDER, where=in_states(DECIDED), name="dossier_decided")
Dossier.add_index(Dossier.service, *_ORDER, where=in_states(CARDS) & Dossier.with_card, name="dossier_cards")
Dossier.add_index(Dossier.service, *_ORDER, where=Dossier.reference.is_null(False), name="dossier_filed")
Dossier.add_index(Dossier.rights_end, Dossier.id, where=in_states(OPEN), name="dossier_ending")
# Two first saves at once make one draft.
Dossier.add_index(
    Dossier.account, Dossier.journey, unique=True, where=in_states({State.DRAFT}), name="dossier_draft"
)
Dossier.add_index(Dossier.service, *_ORDER, where=in_states(WATCHED), name="dossier_watched")
Dossier.add_index(Dossier.rights_end, Dossier.id, where=in_states(WATCHED), name="dossier_lapsing")
_TOLD = (Dossier.card_told, Dossier.card_since, Dossier.id)
Dossier.add_index(*_TOLD, where=in_states({State.CARD_AVAILABLE}), name="dossier_waiting_card")
Dossier.add_index(
    Dossier.service,
    Dossier.legal_answer_on,
    Dossier.filed_on,
    Dossier.id,
    where=in_states(OPEN) & Dossier.legal_answer_on.is_null(False),
    name="dossier_answer",
)
# What `storage.erasures` looks through.
Dossier.add_index(Dossier.saved_at, where=in_states({State.DRAFT}), name="dossier_draft_saved")
Dossier.add_index(Dossier.filed_on, Dossier.id, where=in_states(ENDED), name="dossier_ended")


class Event(Table):
    """Something that happened to a dossier. Append-only, and the source of every date shown."""

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
        indexes = ((("agent", "action", "at"), False),)  # see storage.review.assignments


class Document(Table):
    """A file received for a supporting document, re-encoded or checked at intake."""

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
    scan = CharField(12)  # see domain.rules.uploads.Scan
    original_key = CharField(80, default="")  # the bytes as they were sent, kept until they are scanned
    received_at = UtcField()
    removed_at = UtcField(null=True)  # when replaced or removed; the row stays for a time once filed

    @property
    def keys(self) -> list[str]:
        """The keys of all its bytes in the store."""
        return [key for key in (self.key, self.preview_key, self.original_key) if key]


Document.add_index(Document.removed_at, where=Document.removed_at.is_null(False), name="document_removed")


class Explanation(Table):
    """The applicant's reason why a document is missing."""

    dossier_id: int

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="explanations", on_delete="CASCADE")
    slot = CharField(40)
    text = TextField()
    written_at = UtcField()

    class Meta:
        indexes = ((("dossier", "slot"), True),)


class PhotoCode(Table):
    """An e-photo code; `state` is the last answer of the photo desk."""

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
    """An e-photo code used by a filing: the primary key refuses a second use."""

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
    time_reason = TextField(default="")  # why the applicant needs more time, at the last request
    time_asked_at = UtcField(null=True)
    time_answered_at = UtcField(null=True)
    unsent_told_at = UtcField(null=True)  # when the applicant was last reminded to send the answer

    class Meta:
        indexes = (
            (("agent", "asked_at"), False),  # requests of a team in a period
            (("answered_at", "due_on"), False),
        )


class ComplementReminder(Table):
    """A reminder of a request, sent or skipped; one for each due date and number of days before it."""

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
    """A document of a request, with the reason and the applicant's choice."""

    complement_id: int

    id = AutoField()
    complement = ForeignKeyField(Complement, backref="+", on_delete="CASCADE")
    slot = CharField(40)
    title = CharField(
        120, null=True
    )  # of a document outside the procedure's list, in the request that named it
    reason = TextField()
    decision = CharField(10, default="")  # keep, replace, letter, unanswered
    decided_at = UtcField(null=True)


class Attestation(Table):
    """A certificate. Its `facts` and its stored PDF never change."""

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
    statement = TextField(
        null=True
    )  # what its QR code holds, signed; null until it is first shown or printed
    revoked_at = UtcField(null=True)  # when it left force
    revoked_reason = TextField(default="")
    ending = CharField(10, null=True)  # how it left force, see domain.dossiers.certificates_in_force.Ending


# No certificate is issued twice; one that left force can be issued again for the same days.
Attestation.add_index(
    Attestation.dossier,
    Attestation.kind,
    Attestation.valid_from,
    unique=True,
    where=Attestation.revoked_at.is_null(),
    name="attestation_in_force",
)

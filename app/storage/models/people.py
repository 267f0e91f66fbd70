"""Services, accounts of applicants and agents, and their means to sign in."""

from peewee import (
    SQL,
    AutoField,
    BigAutoField,
    BooleanField,
    CharField,
    Expression,
    FixedCharField,
    ForeignKeyField,
    IntegerField,
    JSONField,
    NodeList,
    TextField,
    fn,
)

from app.storage.database import UtcField
from app.storage.models.table import Table
from app.storage.sealing import SealedField


class Service(Table):
    """A prefecture or sub-prefecture that handles permits."""

    id = AutoField()
    code = CharField(
        8, unique=True
    )  # `69` for a prefecture, `69-2` for the sub-prefecture of an arrondissement
    department = CharField(3)  # of its prefecture; first part of a reference
    name = CharField(120)
    city = CharField(80)
    collection_place = TextField(default="")  # where cards are handed over
    address = CharField(200, default="")  # for letters, without the name; "": the city is used
    help_place = TextField(default="")  # its e-MERAUDE point
    site = CharField(200, default="")
    active = BooleanField(default=True)  # takes new applications; a closed service finishes its own
    # Whether fingerprints are taken before a card is made, on appointment.
    fingerprints = BooleanField(default=False, constraints=[SQL("DEFAULT FALSE")])


class Account(Table):
    """An applicant's account."""

    id = AutoField()
    foreign_number = CharField(
        10, unique=True, null=True
    )  # null until given, see services.applications.foreign_numbers
    visa_number = CharField(12, unique=True, null=True)  # digits only; at most one account a visa
    email = CharField(254, unique=True)  # normal form
    password_hash = CharField(200)  # "" matches no password: none was chosen yet
    provisional_until = UtcField(null=True)  # set for a password sent by mail, valid once until then
    language = CharField(5)
    phone = CharField(20, default="")  # E.164
    identity = JSONField()  # the permit register's record when the account was created
    created_at = UtcField()
    seen_at = UtcField(null=True)  # the last sign-in; null for an account without one
    closed_at = UtcField(
        null=True
    )  # erased at its holder's request; the row stays for dossiers that the law keeps


# The last day of the permit, written as in its index. ISO dates sort as text.
PERMIT_ENDS = Expression(Account.identity, "->>", SQL("'valid_until'"))
Account.add_index(NodeList((SQL("("), PERMIT_ENDS, SQL(")"))), name="account_permit_ends")
LAST_SEEN = fn.COALESCE(Account.seen_at, Account.created_at)
Account.add_index(LAST_SEEN, name="account_last_seen")


class Agent(Table):
    """A member of the agents' side.

    `service` is null for an administrator, who sees no dossier: pages that read `service_id` are open to the other
    ranks only, see web.audiences.
    """

    service_id: int

    id = AutoField()
    service = ForeignKeyField(Service, null=True, backref="agents")
    rank = CharField(16, default="agent")  # see domain.dossiers.ranks
    email = CharField(254, unique=True)
    name = CharField(80)
    search = CharField(400, default="")  # folded name and address, to search and sort lists
    password_hash = CharField(200, default="")  # "" matches no password: invited, none chosen yet
    totp_secret = SealedField(64, default="")
    totp_last_step = IntegerField(default=0)  # time step of the last code: a code is used once
    language = CharField(5, default="fr")
    active = BooleanField(default=True)
    proposed_at = UtcField(null=True)  # set until a second person accepts it, see services.staff.acceptance
    daily_mail = BooleanField(null=True)  # wants a mail of what came for them, each working day
    mailed_at = UtcField(null=True)  # until when these mails have told


class Session(Table):
    """A signed-in browser. The cookie has the token, the table its digest."""

    account_id: int | None
    agent_id: int | None

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE", backref="sessions")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="sessions")
    second_factor = BooleanField(default=False)
    device = CharField(40, default="")  # of an agent, see domain.texts.devices
    created_at = UtcField()
    seen_at = UtcField()


class Signup(Table):
    """An account being created: identity, then an e-mail address to verify, then a password."""

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)  # of the token in the browser
    foreign_number = CharField(10)  # "" for a visa without number
    identity = JSONField(null=True)  # null if none matched; the pages look the same
    email = CharField(254, default="")
    code_digest = CharField(64, default="")
    code_tries = IntegerField(default=0)
    code_sent_at = UtcField(null=True)
    verified_at = UtcField(null=True)
    language = CharField(5)
    created_at = UtcField()


class ResetLink(Table):
    """A link to set a new password, used once."""

    account_id: int

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    account = ForeignKeyField(Account, on_delete="CASCADE")
    expires_at = UtcField()
    used_at = UtcField(null=True)


class Throttle(Table):
    """Tries of a key (an account, a source, or both), and until when the next one is refused."""

    key = FixedCharField(64, primary_key=True)
    failures = IntegerField(default=0)  # beyond the free ones: below zero while some are left
    last_at = UtcField()
    blocked_until = UtcField(null=True)


class KeptForm(Table):
    """Fields typed into a form and not stored, given back on its page; of an applicant or of an agent."""

    id = BigAutoField()
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE")
    path = CharField(200)  # that the form is sent to, without its language
    fields = JSONField()
    kept_at = UtcField(index=True)

    class Meta:
        indexes = ((("account", "path"), True), (("agent", "path"), True))

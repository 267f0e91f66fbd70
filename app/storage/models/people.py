"""Services, applicants, agents, and what lets them in."""

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
)

from app.storage.database import UtcField
from app.storage.models.table import Table


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
    address = CharField(200, default="")  # for letters, without its name; "": its town
    help_place = TextField(default="")  # its e-MERAUDE point
    site = CharField(200, default="")
    active = BooleanField(default=True)  # whether new applications go there; a closed one finishes its own


class Account(Table):
    """An applicant."""

    id = AutoField()
    foreign_number = CharField(10, unique=True, null=True)  # null: it will be given, see services.numbers
    visa_number = CharField(12, unique=True, null=True)  # its digits: one account a visa, numbered or not
    email = CharField(254, unique=True)  # normal form
    password_hash = CharField(200)  # "" opens nothing: no password was chosen yet
    provisional_until = UtcField(null=True)  # the password was sent by mail: good once, until then
    language = CharField(5)
    phone = CharField(20, default="")  # E.164
    identity = JSONField()  # the permit register's record when the account was made
    created_at = UtcField()


# The last day of the permit held; written the same in its index. ISO dates sort as text.
PERMIT_ENDS = Expression(Account.identity, "->>", SQL("'valid_until'"))
Account.add_index(NodeList((SQL("("), PERMIT_ENDS, SQL(")"))), name="account_permit_ends")


class Agent(Table):
    """Somebody of the agents' side.

    `service` is null for an administrator, who sees no dossier: whatever reads `service_id` runs for the others
    only, see web.audiences.
    """

    service_id: int

    id = AutoField()
    service = ForeignKeyField(Service, null=True, backref="agents")
    rank = CharField(16, default="agent")  # see domain.ranks
    email = CharField(254, unique=True)
    name = CharField(80)
    search = CharField(400, default="")  # name and address, folded: what a list is searched and sorted by
    password_hash = CharField(200, default="")  # "" opens nothing: invited, nothing chosen yet
    totp_secret = CharField(64, default="")
    totp_last_step = IntegerField(default=0)  # a code is used once
    language = CharField(5, default="fr")
    active = BooleanField(default=True)


class Session(Table):
    """A signed-in browser; the cookie holds the token, the table its digest."""

    account_id: int | None
    agent_id: int | None

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)
    account = ForeignKeyField(Account, null=True, on_delete="CASCADE", backref="sessions")
    agent = ForeignKeyField(Agent, null=True, on_delete="CASCADE", backref="sessions")
    second_factor = BooleanField(default=False)
    device = CharField(40, default="")  # of an agent's: see domain.devices
    created_at = UtcField()
    seen_at = UtcField()


class Signup(Table):
    """An account being made: identified, then with an e-mail to verify, then a password."""

    id = BigAutoField()
    digest = FixedCharField(64, unique=True)  # of the token in the browser
    foreign_number = CharField(10)  # "": a visa without number
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

    account_id: int

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

    account_id: int

    id = BigAutoField()
    account = ForeignKeyField(Account, on_delete="CASCADE")
    path = CharField(200)
    fields = JSONField()
    kept_at = UtcField()

    class Meta:
        indexes = ((("account", "path"), True),)

"""Sign-up of applicants: permit or visa recognised, e-mail address verified, password chosen.

Unknown numbers, wrong dates and numbers that have an account already get the same answer after the same work, so that
accounts cannot be listed.
"""

import logging
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import IntegrityError

from app.domain.rules.identifiers import check_foreign_number, check_visa_number, visa_digits
from app.domain.rules.visas import awaits_permit
from app.gateways.permit_record import PermitRecord, UnreadableRecord
from app.gateways.register import PermitRegister, RegisterUnavailable
from app.keys import Keys
from app.services.access import passwords, throttles
from app.services.access.limits import LETTER, MAILED_CODE, PERMIT, SIGNUP_LETTER
from app.services.access.origins import Origin
from app.services.access.refusals import WrongCode
from app.services.access.sessions import digest
from app.services.access.signed_tokens import sign
from app.services.access.signed_tokens import verify as verify_token
from app.services.access.throttles import TooSoon
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, Signup
from app.storage.people import accounts as store

log = logging.getLogger(__name__)

CODE_LIFE = timedelta(minutes=30)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=30)
SIGNUP_LIFE = timedelta(hours=24)
_LINK = "verify-email"  # purpose of the signed token in the mail


class NotRecognised(Exception):
    """Raised for a number and dates that are not those of a permit without account; the page does not say why."""


class RegisterAway(Exception):
    """Raised when the register of permits does not answer; the applicant has to try again later."""


class FaultyRecord(Exception):
    """The register holds this permit, with something that cannot be read; `part` says what (UnreadableRecord)."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


class AccountExists(Exception):
    """Raised when the account was created meanwhile, in another tab or by another person with this address."""


class NotVerified(Exception):
    """Raised when the e-mail address is not verified yet."""


@dataclass(frozen=True)
class Typed:
    """The data of a permit or visa, as the applicant typed them."""

    number: str
    valid_from: date
    valid_until: date
    on_visa: bool = False

    @property
    def known_as(self) -> str:
        """The number in the form in which it is stored."""
        if self.on_visa:
            return visa_digits(check_visa_number(self.number)[0])
        return check_foreign_number(self.number)[0].zfill(10)


def identify(register: PermitRegister, typed: Typed, origin: Origin, language: str, now: datetime) -> str:
    """Recognise a permit or visa (first screen), create a signup and return its token.

    If the permit has an account, its holder is notified by mail. Raises NotRecognised, TooSoon after too many
    failures (`limits.PERMIT`), RegisterAway, FaultyRecord.
    """
    tried = throttles.attempt(PERMIT, typed.known_as, origin, now)
    try:
        record = find_record(register, typed)
    except (RegisterAway, FaultyRecord):
        throttles.forgive(tried)
        raise
    holder = holder_of(record, typed)
    if record is None or holder is not None:
        to, known_in = (holder.email, holder.language) if record is not None and holder else ("", "")
        facts = {"by": "visa" if typed.on_visa else "number"}
        emails.write("accounts/account_exists", to, known_in, facts, now)
        raise NotRecognised
    throttles.succeed(tried)
    token = secrets.token_urlsafe(32)
    Signup.create(
        digest=digest(token),
        foreign_number=record.foreign_number and record.foreign_number.zfill(10),
        identity=record.to_json(),
        language=language,
        created_at=now,
    )
    return token


def find_record(register: PermitRegister, typed: Typed) -> PermitRecord | None:
    """Return the register's record of a permit or visa, None if it has none; always one request.

    Raises RegisterAway, FaultyRecord.
    """
    ask = register.find_visa if typed.on_visa else register.find
    number = check_visa_number(typed.number)[0] if typed.on_visa else typed.known_as
    try:
        return ask(number, typed.valid_from, typed.valid_until)
    except RegisterUnavailable as error:
        raise RegisterAway from error
    except UnreadableRecord as error:
        log.error("a record of the permit register cannot be read: %s", error.part)
        raise FaultyRecord(error.part) from error


def holder_of(record: PermitRecord | None, typed: Typed) -> Account | None:
    """Return the account with this foreign number or visa, None if there is none; always one query."""
    number, visa = ("", typed.known_as) if typed.on_visa else (typed.known_as, "")
    if record is not None:
        number = record.foreign_number and record.foreign_number.zfill(10)
        visa = visa_digits(record.visa_number)
    return store.by_papers(number, visa)


def signup_of(token: str, now: datetime) -> Signup | None:
    """Return the signup of a browser's token, None once it is older than SIGNUP_LIFE."""
    return store.signup(digest(token), now - SIGNUP_LIFE)


def set_email(signup: Signup, email: str, keys: Keys, origin: Origin, now: datetime) -> None:
    """Store the e-mail address (second screen) and send it a code and a link; earlier codes become invalid.

    If the address has an account, the letter says so instead; the page is the same. Raises TooSoon within RESEND_AFTER
    of the last letter to the same address, and after many letters to it, of whichever sign-up.
    """
    if signup.email == email and signup.code_sent_at and now - signup.code_sent_at < RESEND_AFTER:
        raise TooSoon(signup.code_sent_at + RESEND_AFTER)
    code = f"{secrets.randbelow(1_000_000):06d}"
    taken = store.by_email(email) is not None
    link = sign(keys, _LINK, [signup.id, email], now)
    with database.atomic():
        # Not the id: SQLite uses the ids of deleted rows again.
        throttles.attempt(SIGNUP_LETTER, signup.digest, origin, now)
        throttles.attempt(LETTER, email, origin, now)
        Signup.update(
            email=email,
            code_digest="" if taken else _code_digest(signup, code),
            code_tries=0,
            code_sent_at=now,
            verified_at=None,
        ).where(Signup.id == signup.id).execute()
        template, facts = "accounts/verify_email", {"code": code, "token": link}
        if taken:
            template, facts = "accounts/account_exists", {"by": "email"}
        emails.write(template, email, signup.language, facts, now)


def verify(signup: Signup, code: str, origin: Origin, now: datetime) -> None:
    """Check a typed code and verify the address. Raises WrongCode; after CODE_TRIES a new code is needed.

    Raises TooSoon after too many wrong codes (`limits.MAILED_CODE`); the letter's link opens all the same.

    The try is counted before the code is compared, so that parallel requests share the five tries.
    """
    fresh = signup.code_sent_at is not None and now - signup.code_sent_at < CODE_LIFE
    if not fresh:
        raise WrongCode(0)
    if not store.count_code_try(signup, CODE_TRIES):
        raise WrongCode(0)
    tried = throttles.attempt(MAILED_CODE, signup.email, origin, now)
    matches = secrets.compare_digest(_code_digest(signup, code), signup.code_digest or "-" * 64)
    if not matches or not confirm(signup, now):
        raise WrongCode(max(0, CODE_TRIES - signup.code_tries - 1))
    throttles.succeed(tried)


def signup_of_link(token: str, keys: Keys, now: datetime) -> Signup | None:
    """Return the signup of a link in the mail; None if the link has expired or the address was changed since."""
    content = verify_token(keys, _LINK, token, CODE_LIFE, now)  # id of the signup, address
    signup = store.signup_by_id(content[0], now - SIGNUP_LIFE) if content else None
    return signup if signup and signup.email == content[1] else None


def confirm(signup: Signup, now: datetime) -> bool:
    """Mark the address as verified; return False if another one was typed meanwhile."""
    return store.confirm_email(signup, now)


def chooses_password(signup: Signup) -> bool:
    """Return whether the account gets a password at sign-up.

    Holders of a visa to be exchanged for a permit sign in by e-mail until the review of their first application begins;
    then they receive a foreign number and a provisional password (FAQ of the ministry).
    """
    return bool(signup.foreign_number) or not awaits_permit(signup.identity)


def create(signup: Signup, password: str, now: datetime) -> Account:
    """Create the account (third screen) and delete the signup. Raises NotVerified, WeakPassword, AccountExists."""
    if signup.verified_at is None:
        raise NotVerified
    hashed = ""
    if chooses_password(signup):
        passwords.require_strength(password, [*map(str, signup.identity.values()), signup.email])
        hashed = passwords.hash_password(password)  # slow, hence before the transaction
    try:
        with database.atomic():
            account = Account.create(
                foreign_number=signup.foreign_number or None,
                visa_number=visa_digits(signup.identity.get("visa_number", "")) or None,
                email=signup.email,
                password_hash=hashed,
                language=signup.language,
                identity=signup.identity,
                created_at=now,
            )
            Signup.delete().where(Signup.id == signup.id).execute()
    except IntegrityError:
        raise AccountExists from None
    return account


def _code_digest(signup: Signup, code: str) -> str:
    """Return the digest to store of a code, ignoring spaces and dashes typed between its digits."""
    return digest(f"{signup.id}:{''.join(filter(str.isalnum, code))}")

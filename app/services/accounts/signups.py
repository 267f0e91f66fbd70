"""An account in the making: a permit or a visa recognised, an address verified, a password chosen.

Whoever types wrong data learns nothing: a number nobody has, wrong dates and a number that has its account
already are one answer, after the same work.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import IntegrityError

from app.domain.rules.identifiers import check_foreign_number, check_visa_number, visa_digits
from app.domain.rules.visas import awaits_permit
from app.gateways.register import PermitRecord, PermitRegister, RegisterUnavailable
from app.services.access import passwords, throttles
from app.services.access.refusals import WrongCode
from app.services.access.sessions import digest
from app.services.access.signed_tokens import sign
from app.services.access.signed_tokens import verify as unseal
from app.services.access.throttles import TooSoon
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, Signup
from app.storage.people import accounts as store

CODE_LIFE = timedelta(minutes=30)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=30)
SIGNUP_LIFE = timedelta(hours=24)
_LINK = "verify-email"  # what the seal in the mail is good for


class NotRecognised(Exception):
    """Number and dates are not those of a permit without account; what is wrong is told to nobody."""


class RegisterAway(Exception):
    """The register of permits does not answer: nothing is concluded, the person comes back later."""


class AccountExists(Exception):
    """Another tab, or another person with this address, was faster by a moment."""


class NotVerified(Exception):
    """The address has to be verified first."""


@dataclass(frozen=True)
class Typed:
    """What is printed on a permit, or on a visa."""

    number: str
    valid_from: date
    valid_until: date
    on_visa: bool = False

    @property
    def known_as(self) -> str:
        """The number in the form that the service keeps."""
        if self.on_visa:
            return visa_digits(check_visa_number(self.number)[0])
        return check_foreign_number(self.number)[0].zfill(10)


def identify(register: PermitRegister, typed: Typed, source: str, language: str, now: datetime) -> str:
    """First screen: recognise a permit; the token of the signup that begins.

    Raises NotRecognised, TooSoon after failures for this number from this source, RegisterAway.
    The holder of an account is told by mail that somebody tried.
    """
    key = f"identify:{typed.known_as}:{source}"
    throttles.require_allowed(key, now)
    record = find_record(register, typed)
    holder = holder_of(record, typed)
    if record is None or holder is not None:
        with database.atomic():
            throttles.record_failure(key, now)
            if record is not None and holder is not None:
                facts = {"by": "visa" if typed.on_visa else "number"}
                emails.write("accounts/account_exists", holder.email, holder.language, facts, now)
        raise NotRecognised
    throttles.reset(key)
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
    """The record, after one question whatever was typed."""
    ask = register.find_visa if typed.on_visa else register.find
    number = check_visa_number(typed.number)[0] if typed.on_visa else typed.known_as
    try:
        return ask(number, typed.valid_from, typed.valid_until)
    except RegisterUnavailable as error:
        raise RegisterAway from error


def holder_of(record: PermitRecord | None, typed: Typed) -> Account | None:
    """Who has an account with this permit or visa, numbered or not, after one query whatever was typed."""
    number, visa = ("", typed.known_as) if typed.on_visa else (typed.known_as, "")
    if record is not None:
        number = record.foreign_number and record.foreign_number.zfill(10)
        visa = visa_digits(record.visa_number)
    return store.by_papers(number, visa)


def signup_of(token: str, now: datetime) -> Signup | None:
    """The signup that a browser is in, None once it is too old."""
    return store.signup(digest(token), now - SIGNUP_LIFE)


def set_email(signup: Signup, email: str, secret: str, now: datetime) -> None:
    """Second screen: keep the address and send it a code and a link; earlier codes are worth nothing now.

    An address that has an account is told so by mail, and the page shows no difference. TooSoon when the
    same address was written to a moment ago, or after many letters.
    """
    if signup.email == email and signup.code_sent_at and now - signup.code_sent_at < RESEND_AFTER:
        raise TooSoon(signup.code_sent_at + RESEND_AFTER)
    key = f"code:{signup.digest}"  # numbers of rows come back once old rows are gone
    throttles.require_allowed(key, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    taken = store.by_email(email) is not None
    link = sign(secret, _LINK, [signup.id, email], now)
    with database.atomic():
        throttles.record_failure(key, now)
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


def verify(signup: Signup, code: str, now: datetime) -> None:
    """Check the code typed; WrongCode otherwise, and after five wrong ones only a new letter helps."""
    left = CODE_TRIES - signup.code_tries
    fresh = signup.code_sent_at is not None and now - signup.code_sent_at < CODE_LIFE
    right = secrets.compare_digest(_code_digest(signup, code), signup.code_digest or "-" * 64)
    if left > 0 and fresh and right:
        confirm(signup, now)
        return
    Signup.update(code_tries=Signup.code_tries + 1).where(Signup.id == signup.id).execute()
    raise WrongCode(max(0, left - 1) if fresh else 0)


def signup_of_link(token: str, secret: str, now: datetime) -> Signup | None:
    """The signup whose address a link verifies; None for a link too old, or to an address given up since."""
    held = unseal(secret, _LINK, token, CODE_LIFE, now)
    found = store.signup_by_id(held[0], now - SIGNUP_LIFE) if held else None
    return found if found and found.email == held[1] else None


def confirm(signup: Signup, now: datetime) -> None:
    """The address is the person's: they read what was sent there."""
    Signup.update(verified_at=now).where(Signup.id == signup.id).execute()


def chooses_password(signup: Signup) -> bool:
    """Whether the account opens with a password.

    A visa to be exchanged for a permit gives none: its holder is sent one once the service has opened their first
    application and they have a number (FAQ), and until then enters by mail.
    """
    return bool(signup.foreign_number) or not awaits_permit(signup.identity)


def create(signup: Signup, password: str, now: datetime) -> Account:
    """Third screen: make the account. Raises NotVerified, WeakPassword, AccountExists."""
    if signup.verified_at is None:
        raise NotVerified
    hashed = ""
    if chooses_password(signup):
        passwords.require_strength(password, [*map(str, signup.identity.values()), signup.email])
        hashed = passwords.hash_password(password)  # slow on purpose: not while others wait to write
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
    """What is kept of a code; spaces and dashes typed between its digits do not count."""
    return digest(f"{signup.id}:{''.join(filter(str.isalnum, code))}")

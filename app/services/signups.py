"""An account in the making: a permit recognised, an address verified, a password chosen.

Whoever types wrong data learns nothing: a number nobody has, wrong dates and a number that has its account
already are one answer, after the same work.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import IntegrityError

from app.domain.identifiers import check_foreign_number
from app.gateways.register import PermitRegister, RegisterUnavailable
from app.services import letters, passwords, throttles
from app.services.seals import seal, unseal
from app.services.sessions import digest
from app.services.throttles import TooSoon
from app.storage import accounts as store
from app.storage.database import database
from app.storage.models import Account, Signup

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


class WrongCode(Exception):
    """The code is not the one sent last, or is too old; `left` tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


@dataclass(frozen=True)
class Typed:
    """What is printed on a permit."""

    number: str
    valid_from: date
    valid_until: date


def identify(register: PermitRegister, typed: Typed, source: str, language: str, now: datetime) -> str:
    """First screen: recognise a permit; the token of the signup that begins.

    Raises NotRecognised, TooSoon after failures for this number from this source, RegisterAway.
    The holder of an account is told by mail that somebody tried.
    """
    number = check_foreign_number(typed.number)[0].zfill(10)
    key = f"identify:{number}:{source}"
    throttles.wait_for(key, now)
    try:
        record = register.find(number, typed.valid_from, typed.valid_until)
    except RegisterUnavailable as error:
        raise RegisterAway from error
    holder = store.by_number(number)
    if record is None or holder is not None:
        with database.atomic():
            throttles.fail(key, now)
            if record is not None and holder is not None:
                letters.write("account_exists", holder.email, holder.language, {"by": "number"}, now)
        raise NotRecognised
    throttles.forget(key)
    token = secrets.token_urlsafe(32)
    Signup.create(
        digest=digest(token),
        foreign_number=number,
        identity=record.to_json(),
        language=language,
        created_at=now,
    )
    return token


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
    throttles.wait_for(key, now)
    code = f"{secrets.randbelow(1_000_000):06d}"
    taken = store.by_email(email) is not None
    link = seal(secret, _LINK, [signup.id, email], now)
    with database.atomic():
        throttles.fail(key, now)
        Signup.update(
            email=email,
            code_digest="" if taken else _code_digest(signup, code),
            code_tries=0,
            code_sent_at=now,
            verified_at=None,
        ).where(Signup.id == signup.id).execute()
        template, facts = "verify_email", {"code": code, "token": link}
        if taken:
            template, facts = "account_exists", {"by": "email"}
        letters.write(template, email, signup.language, facts, now)


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


def create(signup: Signup, password: str, now: datetime) -> Account:
    """Third screen: make the account. Raises NotVerified, WeakPassword, AccountExists."""
    if signup.verified_at is None:
        raise NotVerified
    passwords.require_strength(password, [*map(str, signup.identity.values()), signup.email])
    hashed = passwords.hash_password(password)  # slow on purpose: not while others wait to write
    try:
        with database.atomic():
            account = Account.create(
                foreign_number=signup.foreign_number,
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

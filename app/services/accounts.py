"""Accounts of applicants: made in three steps, entered, recovered."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from peewee import IntegrityError

from app.domain.identifiers import check_foreign_number, normal_email
from app.domain.text import Problem
from app.gateways.register import PermitRegister
from app.services import passwords, sessions, throttles
from app.services.sessions import digest
from app.storage import accounts as store
from app.storage import outbox
from app.storage.database import database
from app.storage.models import Account, ResetLink, Signup

CODE_LIFE = timedelta(minutes=30)
CODE_TRIES = 5
RESEND_AFTER = timedelta(seconds=30)
LINK_LIFE = timedelta(minutes=30)
SIGNUP_LIFE = timedelta(hours=24)


class NotRecognised(Exception):
    """Number and dates are not together those of a permit; which one is wrong is told to nobody."""


class AccountExists(Exception):
    """All three data are right and their holder has an account already."""


class WrongCode(Exception):
    """The code is not the one sent last, or is too old; `left` tries remain."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class WrongCredentials(Exception):
    """Identifier or password is wrong; which one is told to nobody."""


class TooSoon(Exception):
    """The next try waits until an instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class DeadLink(Exception):
    """The link was used, is too old, or never was."""


class WeakPassword(Exception):
    """The password is refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text)
        self.problem = problem


def wait_for(key: str, now: datetime) -> None:
    """Raise TooSoon while a key has to wait."""
    if until := throttles.blocked_until(key, now):
        raise TooSoon(until)


def identify(
    register: PermitRegister, typed: tuple[str, date, date], source: str, language: str, now: datetime
) -> str:
    """First screen: recognise a permit by its number and dates; the token of the signup that begins."""
    number = check_foreign_number(typed[0])[0].zfill(10)
    key = f"identify:{number}:{source}"
    wait_for(key, now)
    record = register.find(number, typed[1], typed[2])
    if record is None:
        throttles.fail(key, now)
        raise NotRecognised
    if store.by_number(record.foreign_number):
        raise AccountExists
    throttles.forget(key)
    token = secrets.token_urlsafe(32)
    Signup.create(
        digest=digest(token),
        foreign_number=record.foreign_number,
        identity=record.to_json(),
        language=language,
        created_at=now,
    )
    return token


def signup_of(token: str, now: datetime) -> Signup | None:
    """The signup that a browser is in, None once it is too old."""
    return store.signup(digest(token), now - SIGNUP_LIFE)


def set_email(signup: Signup, email: str, now: datetime) -> None:
    """Second screen: keep the address and send it a code. One that has an account gets told so by mail instead."""
    if signup.code_sent_at and now - signup.code_sent_at < RESEND_AFTER and signup.email == email:
        raise TooSoon(signup.code_sent_at + RESEND_AFTER)
    code = f"{secrets.randbelow(1_000_000):06d}"
    taken = store.by_email(email) is not None
    with database.atomic():
        Signup.update(
            email=email,
            code_digest="" if taken else digest(f"{signup.id}:{code}"),
            code_tries=0,
            code_sent_at=now,
            verified_at=None,
        ).where(Signup.id == signup.id).execute()
        template = "mail/account_exists.txt" if taken else "mail/verify_email.txt"
        _write(email, signup.language, template, {} if taken else {"code": code}, now)


def verify(signup: Signup, code: str, now: datetime) -> None:
    """Check the code typed; WrongCode otherwise, and after five wrong ones only a new code helps."""
    left = CODE_TRIES - signup.code_tries
    fresh = signup.code_sent_at is not None and now - signup.code_sent_at < CODE_LIFE
    typed = digest(f"{signup.id}:{''.join(code.split())}")
    if left <= 0 or not fresh or not secrets.compare_digest(typed, signup.code_digest or "-" * 64):
        Signup.update(code_tries=Signup.code_tries + 1).where(Signup.id == signup.id).execute()
        raise WrongCode(max(0, left - 1) if fresh else 0)
    Signup.update(verified_at=now).where(Signup.id == signup.id).execute()


def create(signup: Signup, password: str, now: datetime) -> Account:
    """Third screen: make the account. AccountExists when another tab made it first."""
    if refusal := passwords.problem(password, [*map(str, signup.identity.values()), signup.email]):
        raise WeakPassword(refusal)
    try:
        with database.atomic():
            account = Account.create(
                foreign_number=signup.foreign_number,
                email=signup.email,
                password_hash=passwords.hash_password(password),
                language=signup.language,
                identity=signup.identity,
                created_at=now,
            )
            Signup.delete().where(Signup.id == signup.id).execute()
    except IntegrityError:
        raise AccountExists from None
    return account


def find(identifier: str) -> Account | None:
    """The account of a number or an address."""
    if "@" in identifier:
        return store.by_email(normal_email(identifier))
    number, problem = check_foreign_number(identifier)
    return None if problem else store.by_number(number.zfill(10)) or store.by_number(number)


def authenticate(identifier: str, password: str, source: str, now: datetime) -> Account:
    """Sign in; an unknown identifier takes the time of a known one. TooSoon delays this account from this source only."""
    key = f"sign-in:{normal_email(identifier)}:{source}"
    wait_for(key, now)
    account = find(identifier)
    right = passwords.verify_password(account.password_hash if account else passwords.nobody(), password)
    if account is None or not right:
        throttles.fail(key, now)
        raise WrongCredentials
    throttles.forget(key)
    return account


def ask_reset(identifier: str, now: datetime) -> None:
    """Send a link to the account's address; nothing tells whether there was one."""
    account = find(identifier)
    if account is None or not account.email:
        return
    token = secrets.token_urlsafe(32)
    with database.atomic():
        ResetLink.create(digest=digest(token), account=account, expires_at=now + LINK_LIFE)
        _write(account.email, account.language, "mail/reset_password.txt", {"token": token}, now)


def link_is_live(token: str, now: datetime) -> bool:
    """Whether a link still works; looking does not use it up."""
    return store.live_link(digest(token), now) is not None


def reset(token: str, password: str, now: datetime) -> None:
    """Set a new password by a link, once; every session of the account ends."""
    with database.atomic():
        link = store.live_link(digest(token), now)
        if link is None:
            raise DeadLink
        about = [*map(str, link.account.identity.values()), link.account.email]
        if refusal := passwords.problem(password, about):
            raise WeakPassword(refusal)
        if not store.spend_link(link.id, now):
            raise DeadLink
        Account.update(password_hash=passwords.hash_password(password)).where(
            Account.id == link.account_id
        ).execute()
        sessions.end_all(link.account)


def keep_form(account: Account, path: str, fields: list[tuple[str, str]], now: datetime) -> None:
    """Keep what was typed before signing in, for the page it belongs to."""
    store.keep_form(account.id, path, fields, now)


def forget_form(account: Account, path: str) -> None:
    """It has been saved."""
    store.forget_form(account.id, path)


def _write(to: str, language: str, template: str, facts: Mapping[str, str], now: datetime) -> None:
    payload = {"template": template, "to": to, "language": language, "facts": dict(facts)}
    outbox.post("mail", payload, now)

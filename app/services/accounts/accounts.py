"""Accounts of applicants: entered, recovered, and what was typed while nobody was signed in."""

import secrets
from datetime import datetime, timedelta

from app.domain.rules.identifiers import check_foreign_number, normal_email
from app.services.access import passwords, sessions, throttles
from app.services.access.sessions import digest
from app.services.accounts import email_sign_in
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, ResetLink
from app.storage.people import accounts as store

LINK_LIFE = timedelta(
    minutes=30
)  # longer than the longest delay between two letters: one link is always live


class WrongCredentials(Exception):
    """Identifier or password is wrong; which one is told to nobody."""


class DeadLink(Exception):
    """The link was used, is too old, or never was."""


def canonical(identifier: str) -> str:
    """The form under which an identifier is looked up: an address, or a number of ten digits."""
    if "@" in identifier:
        return normal_email(identifier)
    return check_foreign_number(identifier)[0].zfill(10)


def authenticate(identifier: str, password: str, source: str, now: datetime) -> Account:
    """The account that signs in. Raises WrongCredentials, or TooSoon for this identifier from this source.

    An unknown identifier takes the time of a known one.
    """
    name = canonical(identifier)
    key = _door(name, source)
    throttles.require_allowed(key, now)
    account = store.by_identifier(name)
    kept = account.password_hash if account else ""
    right = passwords.verify_password(kept or passwords.dummy_digest(), password)
    if account is None or not right or _is_over(account, now):
        throttles.record_failure(key, now)
        raise WrongCredentials
    throttles.reset(key)
    if account.provisional_until is None and passwords.is_outdated(kept):
        store.set_password(account.id, passwords.hash_password(password))
    return account


def _is_over(account: Account, now: datetime) -> bool:
    """Whether the password was a provisional one, too old by now."""
    return account.provisional_until is not None and account.provisional_until <= now


def exchange(account: Account, now: datetime) -> str:
    """Use up the provisional password that somebody signed in with; the token that lets them choose theirs.

    Nothing else opens before. Raises WrongCredentials when it was used a moment before.
    """
    token = secrets.token_urlsafe(32)
    with database.atomic():
        if not store.spend_password(account):
            raise WrongCredentials
        ResetLink.create(digest=digest(token), account=account, expires_at=now + LINK_LIFE)
    return token


def ask_reset(identifier: str, now: datetime) -> None:
    """Send a link to the account's address; neither the answer nor the work tells whether there is one.

    Who has no password yet, because they have no number, is let in by the link instead of choosing one.
    Nobody's mailbox is flooded: after a few letters the next one waits, shorter than the last link lives.
    """
    name = canonical(identifier)
    key = f"reset:{name}"
    if throttles.blocked_until(key, now):
        return
    account = store.by_identifier(name)
    token = secrets.token_urlsafe(32)
    with database.atomic():
        throttles.record_failure(key, now)
        if account is not None and account.foreign_number is None and not account.password_hash:
            email_sign_in.write(account, secrets.token_urlsafe(32), now)
        elif account is not None:
            ResetLink.create(digest=digest(token), account=account, expires_at=now + LINK_LIFE)
            emails.write("accounts/reset_password", account.email, account.language, {"token": token}, now)


def link_is_live(token: str, now: datetime) -> bool:
    """Whether a link still works; looking does not use it up."""
    return store.live_link(digest(token), now) is not None


def reset(token: str, password: str, source: str, now: datetime) -> None:
    """Set a new password by a link, once. Raises DeadLink, WeakPassword.

    Every session of the account ends, its other links too, and whoever came by the link waits no more.
    """
    link = store.live_link(digest(token), now)
    if link is None:
        raise DeadLink
    account = link.account
    passwords.require_strength(password, [*map(str, account.identity.values()), account.email])
    hashed = passwords.hash_password(password)  # slow on purpose: not while others wait to write
    with database.atomic():
        if not store.spend_link(link.id, now):
            raise DeadLink
        store.spend_links(account.id, now)
        store.set_password(account.id, hashed)
        sessions.end_all(account)
        names = filter(None, (account.foreign_number, account.email))
        throttles.reset(*(_door(name, source) for name in names))


def keep_form(account: Account, path: str, fields: list[tuple[str, str]], now: datetime) -> None:
    """Keep what was typed before signing in, for the page it belongs to."""
    store.keep_form(account.id, path, fields, now)


def forget_form(account: Account, path: str) -> None:
    """It has been saved."""
    store.forget_form(account.id, path)


def _door(name: str, source: str) -> str:
    return f"sign-in:{name}:{source}"

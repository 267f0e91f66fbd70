"""Applicants' accounts: sign-in by password, password reset."""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from app.domain.rules.identifiers import check_foreign_number, normal_email
from app.services import passkeys
from app.services.access import events, known_browsers, passwords, sessions, throttles
from app.services.access.limits import LETTER, PASSWORD
from app.services.access.origins import Origin
from app.services.access.refusals import DeadLink, WrongCredentials
from app.services.access.sessions import digest
from app.services.access.throttles import TooSoon
from app.services.accounts import email_sign_in
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, ResetLink, Session
from app.storage.people import accounts as store

# Longer than limits.LONGEST, the longest delay between two letters, so that the last link sent still works.
LINK_LIFE = timedelta(minutes=30)


def canonical(identifier: str) -> str:
    """Return an identifier as it is stored: a normalised e-mail address, or a foreign number of ten digits."""
    if "@" in identifier:
        return normal_email(identifier)
    return check_foreign_number(identifier)[0].zfill(10)


def authenticate(identifier: str, password: str, origin: Origin, now: datetime) -> Account:
    """Return the account of an identifier and its password; an unknown identifier takes as long as a known one.

    Raises WrongCredentials, and TooSoon after too many failures (`limits.PASSWORD`).
    """
    name = canonical(identifier)
    account = store.by_identifier(name)
    known = known_browsers.knows(account, origin.browser)
    tried = throttles.attempt(PASSWORD, account.id if account else name, origin, now, known=known)
    stored = account.password_hash if account else ""
    matches = passwords.verify_password(stored or passwords.dummy_digest(), password)
    if account is None or not matches or _has_expired(account, now):
        events.refused("password", account)
        raise WrongCredentials
    throttles.succeed(tried)
    if account.provisional_until is None and passwords.is_outdated(stored):
        store.set_password(account.id, passwords.hash_password(password))
    return account


def require_password(account: Account, password: str, origin: Origin, now: datetime) -> None:
    """Check the password of a signed-in person again; not that of an account without one, which signs in by mail.

    Raises WrongCredentials, TooSoon; without a password nothing is counted.
    """
    if account.password_hash and not password:
        raise WrongCredentials
    if account.password_hash:
        authenticate(account.email, password, origin, now)


def admit(account: Account, origin: Origin, door: str, now: datetime, *, first: bool = False) -> str:
    """Begin a session and return the token for the cookie; a browser not seen before is told by mail.

    The `first` one is that of the sign-up, which nobody needs to be told of.
    """
    with database.atomic():
        if known_browsers.remember(account, origin, now) and not first:
            facts = {"device": origin.device, "at": now.isoformat()}
            emails.write("accounts/new_browser", account.email, account.language, facts, now)
        token = sessions.begin(now, account=account, device=origin.device)
    events.admitted(door, account)
    return token


def _has_expired(account: Account, now: datetime) -> bool:
    """Return whether the password is a provisional one past its term."""
    return account.provisional_until is not None and account.provisional_until <= now


def exchange(account: Account, now: datetime) -> str:
    """Invalidate the provisional password of an account and return the token for choosing a new one.

    Until then the account has no password at all. Raises WrongCredentials if another request used it first.
    """
    token = secrets.token_urlsafe(32)
    with database.atomic():
        if not store.spend_password(account):
            raise WrongCredentials
        ResetLink.create(digest=digest(token), account=account, expires_at=now + LINK_LIFE)
    return token


def ask_reset(identifier: str, origin: Origin, now: datetime) -> None:
    """Send a password reset link to the account's address; do as much for an unknown one.

    An account without foreign number has no password yet: it gets a sign-in link instead. After a few letters
    further requests are ignored until the delay is over, at most limits.LONGEST, while the last link still works.
    """
    name = canonical(identifier)
    account = store.by_identifier(name)
    known = known_browsers.knows(account, origin.browser)
    token = secrets.token_urlsafe(32)
    with suppress(TooSoon), database.atomic():
        throttles.attempt(LETTER, account.email if account else name, origin, now, known=known)
        if account is None or (account.foreign_number is None and not account.password_hash):
            email_sign_in.write(account, secrets.token_urlsafe(32), now)
        else:
            ResetLink.create(digest=digest(token), account=account, expires_at=now + LINK_LIFE)
            emails.write("accounts/reset_password", account.email, account.language, {"token": token}, now)


def change_password(
    account: Account, current: str, password: str, session: Session, origin: Origin, now: datetime
) -> None:
    """Replace the password of a signed-in person; end every other session and link, and tell them.

    Raises WrongCredentials, TooSoon, WeakPassword.
    """
    require_password(account, current, origin, now)
    passwords.require_strength(password, [*map(str, account.identity.values()), account.email])
    hashed = passwords.hash_password(password)  # slow, hence before the transaction
    with database.atomic():
        store.spend_links(account.id, now)
        store.set_password(account.id, hashed)
        sessions.end_all(account, session)
        known_browsers.forget(account, but=origin.browser)
        emails.write("accounts/password_changed", account.email, account.language, {}, now)
    events.admitted("changed password", account)


def link_holder(token: str, now: datetime) -> Account | None:
    """Return the account of a reset link that is valid, without using it up; None of any other."""
    link = store.live_link(digest(token), now)
    return link.account if link else None


def reset(token: str, password: str, origin: Origin, now: datetime) -> None:
    """Set a new password by a link, once; end every session, other link and passkey of the account, and tell its holder.

    The account knows this browser from then on, and no other: whoever tried passwords elsewhere cannot delay it.
    Raises DeadLink, WeakPassword.
    """
    link = store.live_link(digest(token), now)
    if link is None:
        raise DeadLink
    account = link.account
    passwords.require_strength(password, [*map(str, account.identity.values()), account.email])
    hashed = passwords.hash_password(password)  # slow, hence before the transaction
    with database.atomic():
        if not store.spend_link(link.id, now):
            raise DeadLink
        store.spend_links(account.id, now)
        store.set_password(account.id, hashed)
        sessions.end_all(account)
        known_browsers.forget(account)
        passkeys.remove_all(account)
        known_browsers.remember(account, origin, now)
        throttles.reset(PASSWORD, account.id, origin, now)
        emails.write("accounts/password_changed", account.email, account.language, {}, now)
    events.admitted("new password", account)

"""Sign-in by e-mail for accounts without foreign number: a code of six digits or a link, valid once.

Known and unknown addresses get the same answer after the same work, so that accounts cannot be listed.
"""

import secrets
from datetime import datetime, timedelta

from app.services.access import events, known_browsers, throttles
from app.services.access.limits import LETTER, MAILED_CODE
from app.services.access.origins import Origin
from app.services.access.refusals import DeadLink, WrongCode
from app.services.access.sessions import digest
from app.services.accounts.signups import CODE_TRIES
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, Entry
from app.storage.people import accounts as store

LIFE = timedelta(minutes=30)  # of the link, since letters arrive late
CODE_LIFE = timedelta(minutes=10)  # ASVS 5.0, 6.5.5


def ask(email: str, reference: str, origin: Origin, now: datetime) -> str:
    """Send a code to an address if it has an account without number; return the token that the browser keeps.

    If `reference` is not empty, it must be that of one of the account's applications. Raises TooSoon after many letters.
    """
    token = secrets.token_urlsafe(32)
    account = store.unnumbered(email, reference)
    with database.atomic():
        known = known_browsers.knows(account, origin.browser)
        throttles.attempt(LETTER, email, origin, now, known=known)
        write(account, token, now)
    return token


def write(account: Account | None, token: str, now: datetime) -> None:
    """Store a sign-in request and send its code and link; to an empty address if there is no account."""
    code, link = f"{secrets.randbelow(1_000_000):06d}", secrets.token_urlsafe(32)
    Entry.create(
        digest=digest(token),
        account=account,
        code_digest=_code_digest(token, code),
        link_digest=digest(link),
        asked_at=now,
    )
    to, language = (account.email, account.language) if account else ("", "")
    emails.write("accounts/enter", to, language, {"code": code, "token": link}, now)


def by_code(token: str, code: str, origin: Origin, now: datetime) -> Account:
    """Return the account of a code from the letter and use the code up.

    Raises WrongCode with the tries that remain; after CODE_TRIES even the right code is refused. Raises TooSoon after
    too many wrong codes of many letters (`limits.MAILED_CODE`); the link of the letter opens all the same.
    """
    entry = store.entry(digest(token), now - CODE_LIFE)
    if entry is None or not store.count_try(entry.id, CODE_TRIES):
        raise WrongCode(0)
    known = known_browsers.knows(entry.account, origin.browser)
    tried = throttles.attempt(MAILED_CODE, entry.account_id or entry.digest, origin, now, known=known)
    matches = secrets.compare_digest(_code_digest(token, code), entry.code_digest)
    if entry.account is None or not matches or not store.spend_entry(entry.id, now):
        events.refused("mailed code", entry.account)
        raise WrongCode(CODE_TRIES - entry.tries - 1)
    throttles.succeed(tried)
    return entry.account


def link_is_live(token: str, now: datetime) -> bool:
    """Return whether a sign-in link is valid, without using it up."""
    return store.entry_of_link(digest(token), now - LIFE) is not None


def by_link(token: str, now: datetime) -> Account:
    """Return the account of a sign-in link and use the link up. Raises DeadLink."""
    entry = store.entry_of_link(digest(token), now - LIFE)
    if entry is None or entry.account is None or not store.spend_entry(entry.id, now):
        raise DeadLink
    return entry.account


def _code_digest(token: str, code: str) -> str:
    """Return the digest to store of a code, ignoring spaces and dashes typed between its digits."""
    return digest(f"{token}:{''.join(filter(str.isalnum, code))}")

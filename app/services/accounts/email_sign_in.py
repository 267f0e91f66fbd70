"""Entering by mail, for people whose foreign number is not given yet: a code, or the link beside it, used once.

An address that nobody has and one that has an account are one answer, after the same work.
"""

import secrets
from datetime import datetime, timedelta

from app.services.access import throttles
from app.services.access.sessions import digest
from app.services.accounts.signups import CODE_TRIES, WrongCode
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, Entry
from app.storage.people import accounts as store

LIFE = timedelta(minutes=30)


class DeadEntry(Exception):
    """The link was used, is too old, or never was."""


def ask(email: str, reference: str, now: datetime) -> str:
    """Write to an address if it has an account without number; the token of the browser that waits for the code.

    `reference`, where it is given, has to be that of one of their applications. TooSoon after many letters.
    """
    key = f"enter:{email}"
    throttles.require_allowed(key, now)
    token = secrets.token_urlsafe(32)
    account = store.unnumbered(email, reference)
    with database.atomic():
        throttles.record_failure(key, now)
        write(account, token, now)
    return token


def write(account: Account | None, token: str, now: datetime) -> None:
    """Let a browser wait for a code, and send it with a link; to nobody where there is no account."""
    code, link = f"{secrets.randbelow(1_000_000):06d}", secrets.token_urlsafe(32)
    Entry.create(
        digest=digest(token),
        account=account,
        code_digest=_code_digest(token, code),
        link_digest=digest(link),
        asked_at=now,
    )
    if account is not None:
        emails.write("accounts/enter", account.email, account.language, {"code": code, "token": link}, now)


def by_code(token: str, code: str, now: datetime) -> Account:
    """Who enters with the code of the letter, once; WrongCode otherwise, and after five wrong ones none is right."""
    entry = store.entry(digest(token), now - LIFE)
    if entry is None or not store.count_try(entry.id, CODE_TRIES):
        raise WrongCode(0)
    right = secrets.compare_digest(_code_digest(token, code), entry.code_digest)
    if entry.account is None or not right or not store.spend_entry(entry.id, now):
        raise WrongCode(CODE_TRIES - entry.tries - 1)
    return entry.account


def link_is_live(token: str, now: datetime) -> bool:
    """Whether a link still works; looking does not use it up."""
    return store.entry_of_link(digest(token), now - LIFE) is not None


def by_link(token: str, now: datetime) -> Account:
    """Who enters by the link, once; DeadEntry otherwise."""
    entry = store.entry_of_link(digest(token), now - LIFE)
    if entry is None or entry.account is None or not store.spend_entry(entry.id, now):
        raise DeadEntry
    return entry.account


def _code_digest(token: str, code: str) -> str:
    """What is kept of a code; spaces and dashes typed between its digits do not count."""
    return digest(f"{token}:{''.join(filter(str.isalnum, code))}")

"""Requests to change an account's e-mail address when the applicant cannot read the old mailbox any more.

An agent checks the applicant's identity and grants or refuses. Wrong data get the same page and the same letter, after
the same work, so that accounts cannot be listed. Agents see a request only after its new address is confirmed: a
mistyped address must not receive the access to an account.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import IntegrityError

from app.domain.dossiers.states import Role
from app.gateways.register import PermitRegister
from app.services import passkeys
from app.services.access import known_browsers, sessions, throttles
from app.services.access.limits import LETTER, PERMIT
from app.services.access.origins import Origin
from app.services.access.refusals import AddressTaken, DeadLink
from app.services.access.sessions import digest
from app.services.accounts.signups import FaultyRecord, RegisterAway, Typed, find_record, holder_of
from app.services.applications.competence import service_at
from app.services.filed import index_account
from app.services.messages import emails
from app.storage import failed_work
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Agent, Recovery, ResetLink
from app.storage.people import accounts
from app.storage.people import recoveries as store

LINK_LIFE = timedelta(hours=24)  # to confirm the new address
PASSWORD_LIFE = timedelta(hours=72)  # to choose a password once the request is granted


class NoLongerOpen(Exception):
    """Raised when the request was decided meanwhile, or stopped from the old address."""


@dataclass(frozen=True)
class Wanted:
    """The address to write to from now on. The postcode gives the service if no application was filed yet."""

    email: str
    postcode: str
    language: str


@dataclass(frozen=True)
class Check:
    """How an agent checked the applicant's identity: `how` is an option of `email_recovery.DECISION`, `seen` a note."""

    how: str
    seen: str


def ask(register: PermitRegister, typed: Typed, wanted: Wanted, origin: Origin, now: datetime) -> None:
    """Store a request and send a confirmation link to its new address.

    Raises TooSoon after several requests, RegisterAway if the register of permits does not answer, FaultyRecord.
    """
    with database.atomic():
        tried = [
            throttles.attempt(PERMIT, f"lost:{typed.known_as}", origin, now),
            throttles.attempt(LETTER, wanted.email, origin, now),
        ]
    try:
        record = find_record(register, typed)
    except (RegisterAway, FaultyRecord):
        for counted in tried:
            throttles.forgive(counted)
        raise
    holder = holder_of(record, typed)
    account = holder if record is not None else None
    service = store.service_of(account.id if account else 0)
    local_service = service_at(wanted.postcode)
    token = secrets.token_urlsafe(32)
    with database.atomic():
        Recovery.create(
            account=account,
            service=service or local_service,
            email=wanted.email,
            language=wanted.language,
            link_digest=digest(token),
            asked_at=now,
        )
        emails.write("accounts/mailbox_confirm", wanted.email, wanted.language, {"token": token}, now)


def to_confirm(token: str, now: datetime) -> Recovery | None:
    """Return the request of a link sent to a new address, or None; the link is not used up."""
    return store.unconfirmed(digest(token), now - LINK_LIFE)


def is_confirmed(token: str, now: datetime) -> bool:
    """Return whether a link sent to a new address did its work, the same for data that match no account."""
    return store.confirmed(digest(token), now - LINK_LIFE)


def confirm(token: str, now: datetime) -> None:
    """Confirm the new address: agents see the request from now on, and the old address is notified. Raises DeadLink."""
    recovery = to_confirm(token, now)
    stop_token = secrets.token_urlsafe(32)
    with database.atomic():
        if recovery is None or not store.confirm(recovery.id, digest(stop_token), now):
            raise DeadLink
        if recovery.account is not None:
            _notify_old_address("accounts/mailbox_asked", recovery.account, {"token": stop_token}, now)


def to_stop(token: str) -> Recovery | None:
    """Return the request that a link sent to the old address can stop, or None once it is decided or stopped."""
    return store.stoppable(digest(token))


def stop(token: str, now: datetime) -> None:
    """Stop a request from the old address. Raises DeadLink once it is decided or stopped."""
    recovery = to_stop(token)
    if recovery is None or not store.stop(recovery.id, now):
        raise DeadLink


def grant(recovery: Recovery, agent: Agent, check: Check, now: datetime) -> None:
    """Give the account its new address and send there a link for choosing a password.

    The old password ends, and every session, link and code, which the old mailbox may have received.
    Raises NoLongerOpen, AddressTaken.
    """
    try:
        with database.atomic():
            account = _decide(recovery, agent, now, checked=check.how, reason=check.seen)
            accounts.set_email(account.id, recovery.email)
            failed_work.due_again(now, failed_work.to_account(account.id, failed_work.MAILS))
            index_account(account.id)
            _revoke_access(account, now)
            emails.write(
                "accounts/mailbox_granted",
                recovery.email,
                account.language,
                _password_link(account, now),
                now,
            )
            _notify_old_address("accounts/mailbox_changed", account, {}, now)
            store.stop_others(account.id, now)
            _append_event(f"mailbox_{check.how}", account, agent, check.seen, now)
    except IntegrityError:
        raise AddressTaken from None


def refuse(recovery: Recovery, agent: Agent, reason: str, now: datetime) -> None:
    """Refuse a request; the reason is sent to both addresses. Raises NoLongerOpen."""
    with database.atomic():
        account = _decide(recovery, agent, now, reason=reason)
        emails.write("accounts/mailbox_refused", recovery.email, recovery.language, {"reason": reason}, now)
        _notify_old_address("accounts/mailbox_refused", account, {"reason": reason}, now)
        _append_event("mailbox_refused", account, agent, reason, now)


def _decide(recovery: Recovery, agent: Agent, now: datetime, *, reason: str, checked: str = "") -> Account:
    account: Account = Account.get_by_id(recovery.account_id)
    replaced = account.email if checked else ""
    if not store.decide(recovery, agent, now, checked=checked, reason=reason, replaced=replaced):
        raise NoLongerOpen
    return account


def _revoke_access(account: Account, now: datetime) -> None:
    sessions.end_all(account)
    known_browsers.forget(account)
    passkeys.remove_all(account)
    accounts.spend_links(account.id, now)
    accounts.spend_entries(account.id, now)
    accounts.set_password(account.id, "")


def _password_link(account: Account, now: datetime) -> dict[str, str]:
    """Return the token for choosing a password; "" for an account without number, which signs in by e-mail."""
    if not account.foreign_number and not account.password_hash:
        return {"token": ""}
    token = secrets.token_urlsafe(32)
    ResetLink.create(digest=digest(token), account=account, expires_at=now + PASSWORD_LIFE)
    return {"token": token}


def _notify_old_address(template: str, account: Account, facts: dict[str, str], now: datetime) -> None:
    emails.write(template, account.email, account.language, facts, now)


def _append_event(action: str, account: Account, agent: Agent, reason: str, now: datetime) -> None:
    """Append the decision to the history of the last application; without one, the request is the only record."""
    dossier = store.dossier_of(account.id)
    if dossier is not None:
        dossiers.append_event(dossier, action, Role.AGENT, now, agent=agent, reason=reason)

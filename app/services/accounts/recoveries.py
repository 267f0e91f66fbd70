"""A mailbox that its owner cannot read any more: another address, given by an agent who has checked who asks.

Whoever asks with wrong data learns nothing: the same page, the same letter to the address they typed, after the same
work. Nothing is shown to agents before that address is confirmed, so that no slip of the keyboard opens an account.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import IntegrityError

from app.domain.dossiers.states import Role
from app.gateways.register import PermitRegister
from app.reference.communes import communes_of
from app.services.access import sessions, throttles
from app.services.access.sessions import digest
from app.services.accounts.signups import Typed, find_record, holder_of
from app.services.applications.competence import service_for
from app.services.messages import emails
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Account, Agent, Recovery, ResetLink
from app.storage.people import accounts
from app.storage.people import recoveries as store

LINK_LIFE = timedelta(hours=24)  # to confirm the new address
PASSWORD_LIFE = timedelta(hours=72)  # to choose a password once an agent has said yes


class DeadLink(Exception):
    """The link was used, is too old, or never was."""


class NoLongerOpen(Exception):
    """A colleague decided first, or the old address stopped the request."""


class AddressTaken(Exception):
    """The new address is that of another account."""


@dataclass(frozen=True)
class Wanted:
    """Where to write from now on. The postcode names the service of who has not filed anything yet."""

    email: str
    postcode: str
    language: str


@dataclass(frozen=True)
class Check:
    """How an agent knows who asks: an answer of `lost_mailbox.DECISION`, and what they saw."""

    how: str
    seen: str


def ask(register: PermitRegister, typed: Typed, wanted: Wanted, source: str, now: datetime) -> None:
    """Keep a request and have its new address confirmed. TooSoon after several, RegisterAway."""
    keys = f"lost:{typed.known_as}:{source}", f"lost:{wanted.email}"
    for key in keys:
        throttles.require_allowed(key, now)
    record = find_record(register, typed)
    holder = holder_of(record, typed)
    account = holder if record is not None else None
    service = store.service_of(account.id if account else 0)
    usual = service_for(communes_of(wanted.postcode)[0].code)
    token = secrets.token_urlsafe(32)
    with database.atomic():
        for key in keys:
            throttles.record_failure(key, now)
        Recovery.create(
            account=account,
            service=service or usual,
            email=wanted.email,
            language=wanted.language,
            link_digest=digest(token),
            asked_at=now,
        )
        emails.write("accounts/mailbox_confirm", wanted.email, wanted.language, {"token": token}, now)


def to_confirm(token: str, now: datetime) -> Recovery | None:
    """The request of a link sent to a new address; looking does not use it up."""
    return store.unconfirmed(digest(token), now - LINK_LIFE)


def confirm(token: str, now: datetime) -> None:
    """The new address is read by who asked: agents see the request, the old address is told. DeadLink."""
    recovery = to_confirm(token, now)
    stop_token = secrets.token_urlsafe(32)
    with database.atomic():
        if recovery is None or not store.confirm(recovery.id, digest(stop_token), now):
            raise DeadLink
        if recovery.account is not None:
            _tell_old("accounts/mailbox_asked", recovery.account, {"token": stop_token}, now)


def to_stop(token: str) -> Recovery | None:
    """The request that a link of the old mailbox stops, while nobody has decided."""
    return store.stoppable(digest(token))


def stop(token: str, now: datetime) -> None:
    """Whoever reads the old mailbox says that they did not ask. DeadLink once it was decided."""
    recovery = to_stop(token)
    if recovery is None or not store.stop(recovery.id, now):
        raise DeadLink


def grant(recovery: Recovery, agent: Agent, check: Check, now: datetime) -> None:
    """Give the account its new address.

    Whatever opened the account through the old mailbox opens nothing any more, the password neither: a link to the new
    address lets its owner choose one. Raises NoLongerOpen, AddressTaken.
    """
    try:
        with database.atomic():
            account = _decide(recovery, agent, now, checked=check.how, reason=check.seen)
            accounts.set_email(account.id, recovery.email)
            _close_ways_in(account, now)
            emails.write(
                "accounts/mailbox_granted", recovery.email, account.language, _way_in(account, now), now
            )
            _tell_old("accounts/mailbox_changed", account, {}, now)
            store.stop_others(account.id, now)
            _note(f"mailbox_{check.how}", account, agent, check.seen, now)
    except IntegrityError:
        raise AddressTaken from None


def refuse(recovery: Recovery, agent: Agent, reason: str, now: datetime) -> None:
    """Say no, with the reason that the person reads. Raises NoLongerOpen."""
    with database.atomic():
        account = _decide(recovery, agent, now, reason=reason)
        emails.write("accounts/mailbox_refused", recovery.email, recovery.language, {"reason": reason}, now)
        _tell_old("accounts/mailbox_refused", account, {"reason": reason}, now)
        _note("mailbox_refused", account, agent, reason, now)


def _decide(recovery: Recovery, agent: Agent, now: datetime, *, reason: str, checked: str = "") -> Account:
    account: Account = Account.get_by_id(recovery.account_id)
    replaced = account.email if checked else ""
    if not store.decide(recovery, agent, now, checked=checked, reason=reason, replaced=replaced):
        raise NoLongerOpen
    return account


def _close_ways_in(account: Account, now: datetime) -> None:
    sessions.end_all(account)
    accounts.spend_links(account.id, now)
    accounts.spend_entries(account.id, now)
    accounts.set_password(account.id, "")


def _way_in(account: Account, now: datetime) -> dict[str, str]:
    """The link for a new password; "" for who never had one: they enter by mail until they have a number."""
    if not account.foreign_number and not account.password_hash:
        return {"token": ""}
    token = secrets.token_urlsafe(32)
    ResetLink.create(digest=digest(token), account=account, expires_at=now + PASSWORD_LIFE)
    return {"token": token}


def _tell_old(template: str, account: Account, facts: dict[str, str], now: datetime) -> None:
    emails.write(template, account.email, account.language, facts, now)


def _note(action: str, account: Account, agent: Agent, reason: str, now: datetime) -> None:
    """The history of their application tells it; who has filed none has the request itself for record."""
    dossier = store.dossier_of(account.id)
    if dossier is not None:
        dossiers.append_event(dossier, action, Role.AGENT, now, agent=agent, reason=reason)

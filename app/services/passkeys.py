"""Passkeys (W3C Web Authentication): in place of an applicant's password, beside an agent's codes; never required.

What a device answers counts only for our origin, for a challenge of ours that nobody answered yet, and with the person
verified by the device (its PIN, a finger, a face). A key whose counter goes back was copied: it is refused.
"""

import json
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from peewee import IntegrityError
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.services.access import events, throttles
from app.services.access.limits import PASSKEY
from app.services.access.origins import Origin
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Account, Agent, Passkey

MOST = 10  # keys of a person
LIFE = timedelta(minutes=5)  # of a challenge
NAME_LENGTH = 60
_LONGEST_ANSWER = 20_000  # characters; an answer has some 2,000
_WRONG = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError, RecursionError)


class NotAccepted(Exception):
    """Raised for an answer that proves nothing: of another site, key or challenge, or answered before."""


class TooManyKeys(Exception):
    """Raised when a person has MOST keys."""


@dataclass(frozen=True)
class Site:
    """The service towards devices: its origin, and its name."""

    origin: str
    name: str

    @property
    def host(self) -> str:
        """The host, which a key is bound to (the « relying party ID »)."""
        return urlsplit(self.origin).hostname or ""

    @property
    def offers(self) -> bool:
        """Whether browsers make keys for it: not for a bare network address."""
        try:
            ip_address(self.host)
        except ValueError:
            return bool(self.host)
        return False


@dataclass(frozen=True)
class Challenge:
    """What a device has to sign, and when it was made."""

    value: bytes
    made_at: datetime

    @classmethod
    def new(cls, now: datetime) -> "Challenge":
        """Return a new one."""
        return cls(secrets.token_bytes(32), now)

    def alive(self, now: datetime) -> bool:
        """Return whether it can still be answered."""
        return now - self.made_at < LIFE


Person = Account | Agent


def of(person: Person) -> Sequence[Passkey]:
    """Return the keys of a person, the oldest first."""
    return list(Passkey.select().where(_owned(person)).order_by(Passkey.id))


def options_to_add(site: Site, person: Person, challenge: Challenge) -> str:
    """Return, in JSON, what a browser needs to make a key for a person."""
    known = of(person)
    handle = base64url_to_bytes(known[0].handle) if known else secrets.token_bytes(32)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_name=person.email,
        user_id=handle,
        challenge=challenge.value,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json(options)


def add(site: Site, person: Person, challenge: Challenge, answer: str, name: str, now: datetime) -> None:
    """Keep a key that a device made, and tell its person by mail. Raises NotAccepted, TooManyKeys."""
    try:
        made = webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge.value,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _WRONG as wrong:
        raise NotAccepted from wrong
    if not challenge.alive(now):
        raise NotAccepted
    known = of(person)
    if len(known) >= MOST:
        raise TooManyKeys
    handle = known[0].handle if known else urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()
    try:
        with database.atomic():
            Passkey.create(
                **{_column(person): person},
                credential=bytes_to_base64url(made.credential_id),
                handle=handle,
                public_key=bytes_to_base64url(made.credential_public_key),
                sign_count=made.sign_count,
                name=name,
                added_at=now,
            )
            _tell(person, name, True, now)
    except IntegrityError as known_already:
        raise NotAccepted from known_already


def options_to_enter(site: Site, challenge: Challenge, agent: Agent | None = None) -> str:
    """Return, in JSON, what a browser needs to ask for a key: one of an agent's, or any of ours that the device has."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge.value,
        allow_credentials=_described(of(agent)) if agent else None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def enter(
    site: Site, challenge: Challenge, answer: str, origin: Origin, now: datetime, agent: Agent | None = None
) -> Passkey:
    """Return the key, of an applicant or of this agent, whose device answered a challenge; it answers each once.

    Raises NotAccepted, TooSoon (`limits.PASSKEY`).
    """
    tried = throttles.attempt(PASSKEY, agent.id if agent else "", origin, now)
    key = _named(answer, agent)
    try:
        if key is None or not challenge.alive(now) or not _proves(site, challenge, key, answer, now):
            raise NotAccepted
    except NotAccepted:
        events.refused("passkey", (key.account or key.agent) if key else agent)
        raise
    throttles.succeed(tried)
    return key


def owner(key: Passkey) -> Account:
    """Return the applicant whose key it is."""
    assert key.account
    return key.account


def _named(answer: str, agent: Agent | None) -> Passkey | None:
    try:
        credential = str(_read(answer)["id"])
    except _WRONG:
        return None
    whose = Passkey.agent == agent if agent else Passkey.account.is_null(False)
    found: Passkey | None = Passkey.select().where((Passkey.credential == credential) & whose).first()
    return found


def _proves(site: Site, challenge: Challenge, key: Passkey, answer: str, now: datetime) -> bool:
    """Return whether an answer is that of a key to a challenge that it did not answer before; count it."""
    try:
        verified = webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge.value,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except _WRONG:
        return False
    fresh = Passkey.used_at.is_null() | (Passkey.used_at < challenge.made_at)
    same = (Passkey.id == key.id) & (Passkey.sign_count == key.sign_count)
    used = {"sign_count": verified.new_sign_count, "used_at": now}
    return bool(Passkey.update(**used).where(same & fresh).execute())


def remove(person: Person, number: int, now: datetime) -> None:
    """Remove a key of a person and tell them by mail; do nothing if it is not theirs."""
    key = Passkey.get_or_none(_owned(person) & (Passkey.id == number))
    if key is None:
        return
    with database.atomic():
        if Passkey.delete().where(Passkey.id == key.id).execute():
            _tell(person, key.name, False, now)


def remove_all(person: Person) -> None:
    """Remove every key of a person, whose other secrets are replaced too."""
    Passkey.delete().where(_owned(person)).execute()


def _tell(person: Person, name: str, added: bool, now: datetime) -> None:
    template = "staff/passkey" if isinstance(person, Agent) else "accounts/passkey"
    emails.write(template, person.email, person.language, {"name": name, "added": int(added)}, now)


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _LONGEST_ANSWER:
        raise ValueError("longer than any answer")
    found = json.loads(answer)
    if not isinstance(found, dict):
        raise ValueError("not an answer")
    return found


def _described(keys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in keys]


def _owned(person: Person) -> Any:
    return Passkey.agent == person.id if isinstance(person, Agent) else Passkey.account == person.id


def _column(person: Person) -> str:
    return "agent" if isinstance(person, Agent) else "account"

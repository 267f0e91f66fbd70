"""Is this certificate genuine? The signed address behind a QR code, the typed code, and the answer."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from itsdangerous import BadSignature, Signer

from app.domain.dossiers.attestations import Facts, normalise_code
from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import AttestationKind
from app.storage.applications import attestations as store
from app.storage.models import Attestation

# Its own salt: a token made for anything else is no token here.
_SALT = "attestation-check"


class Verdict(StrEnum):
    """What the check page says."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The outcome of a check. `facts` only where they may be shown; `day` is when it ended or was revoked."""

    verdict: Verdict
    facts: Facts | None = None
    day: date | None = None


UNKNOWN = Answer(Verdict.UNKNOWN)


def token(secret_key: str, code: str) -> str:
    """The code with its signature: no personal data, and nobody else can make one."""
    return _signer(secret_key).sign(code).decode()


def code_of(secret_key: str, text: str) -> str | None:
    """The code of a token that we signed, None for anything else."""
    try:
        return _signer(secret_key).unsign(text).decode()
    except BadSignature:
        return None


def check_url(origin: str, secret_key: str, code: str) -> str:
    """The address that the QR code holds. French: whoever opens it changes language there."""
    return f"{origin.rstrip('/')}/fr/verifier/{token(secret_key, code)}"


def check_token(secret_key: str, text: str, today: date) -> Answer:
    """Check the address behind a QR code."""
    code = code_of(secret_key, text)
    return check_code(code, today) if code else UNKNOWN


def check_code(typed: str, today: date) -> Answer:
    """Check a code as somebody typed it."""
    code = normalise_code(typed)
    found = store.by_code(code) if code else None
    return _answer(found, today) if found else UNKNOWN


def _answer(found: Attestation, today: date) -> Answer:
    if found.revoked_at:
        return Answer(Verdict.REVOKED, day=paris_day(found.revoked_at))
    facts = Facts.from_json(found.facts)
    if found.valid_until and found.valid_until < today:
        return Answer(Verdict.EXPIRED, facts, found.valid_until)
    # A favourable decision is certified until the card is handed over: the paper says so too.
    if facts.kind is AttestationKind.FAVOURABLE and found.dossier.state == State.HANDED_OVER:
        return Answer(Verdict.EXPIRED, facts)
    return Answer(Verdict.GENUINE, facts)


def _signer(secret_key: str) -> Signer:
    return Signer(secret_key, salt=_SALT, key_derivation="hmac", digest_method=hashlib.sha256)

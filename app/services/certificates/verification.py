"""Verification of certificates, by the signed address in their QR code or by their typed code."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from itsdangerous import BadSignature, Signer

from app.domain.dossiers.attestations import Facts, normalise_code
from app.domain.dossiers.endings import Ending, ending_of
from app.domain.dossiers.states import State
from app.domain.rules.calendar import paris_day
from app.domain.rules.rights import AttestationKind
from app.keys import Keys
from app.storage.applications import attestations as store
from app.storage.models import Attestation

# A salt of its own, so that tokens signed for other purposes are refused.
_SALT = "attestation-check"


class Verdict(StrEnum):
    """The results of a check."""

    GENUINE = "genuine"
    EXPIRED = "expired"
    REVOKED = "revoked"
    ENDED = "ended"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """The answer to a check: `facts` where they may be shown, `day` on which it left force."""

    verdict: Verdict
    facts: Facts | None = None
    day: date | None = None


UNKNOWN = Answer(Verdict.UNKNOWN)


def token(keys: Keys, code: str) -> str:
    """Return the code of a certificate with its signature; it has no personal data."""
    return _signer(keys).sign(code).decode()


def code_of(keys: Keys, text: str) -> str | None:
    """Return the code of a token, None if its signature is wrong."""
    try:
        return _signer(keys).unsign(text).decode()
    except BadSignature:
        return None


def check_url(origin: str, keys: Keys, code: str) -> str:
    """Return the address to print in the QR code; it leads to the French page, which offers the other languages."""
    return f"{origin.rstrip('/')}/fr/verifier/{token(keys, code)}"


def check_token(keys: Keys, text: str, today: date) -> Answer:
    """Check the token of a QR code's address."""
    code = code_of(keys, text)
    return check_code(code, today) if code else UNKNOWN


def check_code(typed: str, today: date) -> Answer:
    """Check a code as it was typed; case, spaces and dashes are ignored."""
    code = normalise_code(typed)
    attestation = store.by_code(code) if code else None
    return _answer(attestation, today) if attestation else UNKNOWN


def _answer(attestation: Attestation, today: date) -> Answer:
    facts = Facts.from_json(attestation.facts)
    if attestation.revoked_at:
        return _out_of_force(ending_of(attestation.ending), facts, paris_day(attestation.revoked_at))
    if attestation.valid_until and attestation.valid_until < today:
        return Answer(Verdict.EXPIRED, facts, attestation.valid_until)
    # The certificate of a favourable decision is valid until the card is handed over, as its text says.
    if facts.kind is AttestationKind.FAVOURABLE and attestation.dossier.state == State.HANDED_OVER:
        return Answer(Verdict.EXPIRED, facts)
    return Answer(Verdict.GENUINE, facts)


def _out_of_force(ending: Ending, facts: Facts, day: date) -> Answer:
    """Answer for a certificate taken out of force; one that a decision ended was true until then, and is shown."""
    if ending is not Ending.ENDED:
        return Answer(Verdict(ending), day=day)
    began = facts.valid_from <= day
    return Answer(Verdict.ENDED, facts if began else None, day)


def _signer(keys: Keys) -> Signer:
    return Signer(keys, salt=_SALT, key_derivation="hmac", digest_method=hashlib.sha256)

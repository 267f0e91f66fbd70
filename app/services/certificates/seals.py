"""The signature of a certificate: what its QR code holds, for anybody to verify with the published key."""

import hmac
from base64 import b32decode, b32encode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest

from app.domain.dossiers.attestations import Facts
from app.domain.dossiers.statements import Statement
from app.domain.rules.calendar import paris_day
from app.keys import Key, Keys
from app.keys.signing import SIZE, genuine, public_half, sign
from app.storage.models import Attestation

# Begins what is signed, so that a signature for another purpose is never one of a certificate.
CONTEXT = b"guichet-sejour attestation 1\0"


def sealed(attestation: Attestation, keys: Keys, today: date) -> str:
    """Return the signed statement of a certificate as its QR code has it; made once, the same for ever after."""
    if attestation.statement is None:
        key = keys.writing
        body = Statement.of(Facts.from_json(attestation.facts), int(key.id), today).encode()
        text = b32encode(body + sign(key, CONTEXT + body)).rstrip(b"=").decode()
        missing = (Attestation.id == attestation.id) & Attestation.statement.is_null()
        Attestation.update(statement=text).where(missing).execute()
        attestation.statement = Attestation.get_by_id(
            attestation.id
        ).statement  # another process may have been first
    return str(attestation.statement)


def check_url(origin: str, statement: str) -> str:
    """Return the address that the QR code holds. What follows its # stays in the browser: nothing of it is sent."""
    return f"{origin.rstrip('/')}/fr/verifier#{statement}"


def opened(text: str, keys: Keys) -> Statement | None:
    """Return the statement of a QR code if its signature is one of ours, None otherwise."""
    try:
        content = b32decode(text + "=" * (-len(text) % 8))
        statement = Statement.read(content[:-SIZE])
    except ValueError:
        return None
    for key, ends in _spans(keys.all):
        if key.id == str(statement.key):
            in_time = paris_day(key.begins) <= statement.signed_on <= (ends or date.max)
            signed = genuine(key, CONTEXT + content[:-SIZE], content[-SIZE:])
            return statement if in_time and signed and not key.revoked_on else None
    return None


def bears(attestation: Attestation, signature: str) -> bool:
    """Return whether a signature, in hexadecimal, is the one of a certificate: only its paper shows it."""
    text = attestation.statement or ""
    own = b32decode(text + "=" * (-len(text) % 8))[-SIZE:].hex()
    return bool(own) and hmac.compare_digest(own.encode(), signature.encode())


def published(keys: Keys) -> list[dict[str, str | None]]:
    """Return the public keys (RFC 7517) with the days between which each signed, and the day of a revocation."""
    found = []
    for key, ends in _spans(keys.all):
        point = key.public or public_half(key.secret)
        days: dict[str, str | None] = {
            "from": paris_day(key.begins).isoformat(),
            "until": ends.isoformat() if ends else None,
            "revoked": key.revoked_on.isoformat() if key.revoked_on else None,
        }
        x, y = _text(point[: len(point) // 2]), _text(point[len(point) // 2 :])
        found.append({"kid": key.id, "kty": "EC", "crv": "P-256", "alg": "ES256", "x": x, "y": y, **days})
    return found


def _spans(keys: tuple[Key, ...]) -> Iterable[tuple[Key, date | None]]:
    """Yield each key with the last day on which it may have signed, None as long as no other takes its place."""
    for key, successor in zip_longest(keys, keys[1:]):
        yield key, paris_day(successor.begins) if successor else None


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()

"""The demonstration's keys, which everybody knows, and the search for keys that are as bad."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from app.keys.purposes import Key, KeyPurpose

LENGTH = 32  # bytes
LEAST_DIFFERENT = 16  # bytes of these: 32 random ones have fewer once in 10²⁰
_BEGAN = datetime(2000, 1, 1, tzinfo=UTC)


def demonstration_keys() -> Mapping[KeyPurpose, tuple[Key, ...]]:
    """Return a key for each purpose, the same everywhere, so that a demonstration starts without any setting."""
    return {purpose: (Key("1", _BEGAN, _known(purpose)),) for purpose in KeyPurpose}


def weak(secret: bytes) -> bool:
    """Return whether a secret is of another length than ours, repeats itself, or is the demonstration's."""
    return len(secret) != LENGTH or len(set(secret)) < LEAST_DIFFERENT or secret in map(_known, KeyPurpose)


def shared(secrets: Iterable[bytes]) -> bool:
    """Return whether a secret is there twice."""
    found = [secret for secret in secrets if secret]
    return len(set(found)) < len(found)


def _known(purpose: KeyPurpose) -> bytes:
    return hashlib.sha256(f"demonstration-only:{purpose}".encode()).digest()

"""The record of who did or read what: one chain a dossier, each record holding the digest of the one before.

A changed, removed or inserted record breaks the chain from there on. Whoever can write the whole database could
write a whole new chain: the last digests, kept elsewhere (`python -m app.cli audit heads`), tell that too.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
BEGINNING = "0" * 64  # what the first record holds for the one before it
OPENED, READ = "opened", "read"  # a dossier's page, one of its files or conversations
MARKED, NOTED, STRUCK = (
    "marked",
    "noted",
    "struck",
)  # a document checked, a note between agents, a note struck out
BESIDE = frozenset({OPENED, READ, MARKED, NOTED, STRUCK})  # what is recorded beside acts, and no event tells


@dataclass(frozen=True)
class Entry:
    """One record as its digest covers it. `position` counts from 1 in the chain of its dossier."""

    dossier_id: int
    position: int
    at: datetime
    role: str
    agent_id: int | None
    service_id: int | None
    action: str
    facts: Mapping[str, Any]
    previous: str

    @property
    def digest(self) -> str:
        """SHA-256 of the record in one canonical writing, as 64 hexadecimal digits."""
        return _digest(
            self.dossier_id,
            self.position,
            _instant(self.at),
            self.role,
            self.agent_id,
            self.service_id,
            self.action,
            self.facts,
            self.previous,
        )


def content(
    action: str,
    role: str,
    agent_id: int | None,
    at: datetime,
    reason: str,
    facts: Mapping[str, Any] | None,
) -> str:
    """The digest of an act's own words, which the chain covers without repeating them."""
    return _digest(action, role, agent_id, _instant(at), reason, facts)


def broken(chain: Iterable[tuple[Entry, str]]) -> int:
    """The position of the first record of a whole chain that is not as it was written, 0 when all are.

    Each record comes with the digest kept beside it.
    """
    expected, place = BEGINNING, 0
    for place, (entry, kept) in enumerate(chain, 1):
        if (entry.position, entry.previous, entry.digest) != (place, expected, kept):
            return place
        expected = kept
    return 0


@lru_cache(maxsize=64)  # an act and its record have the same
def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(*parts: Any) -> str:
    return hashlib.sha256(f"[{','.join(map(_written, parts))}]".encode()).hexdigest()


def _written(part: Any) -> str:
    """One part as JSON; the plain ones, of which there are millions, without going through an encoder."""
    if part is None:
        return "null"
    if isinstance(part, str):
        return encode_basestring(part)
    return str(part) if type(part) is int else _canonical(part)

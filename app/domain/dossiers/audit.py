"""Audit records of actions and accesses: a hash chain a dossier, each record with the digest of the one before.

A changed, removed or inserted record breaks the chain from there on. With write access to the whole database a chain
could be rewritten completely; heads stored elsewhere (`python -m app.cli audit heads`) detect that too.
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
BEGINNING = "0" * 64  # `previous` of the first record
OPENED, READ = "opened", "read"  # a dossier's page, one of its files or conversations
# A document marked, an internal note written, an internal note struck out.
MARKED, NOTED, STRUCK = "marked", "noted", "struck"
BESIDE = frozenset({OPENED, READ, MARKED, NOTED, STRUCK})  # records without an event in the history


@dataclass(frozen=True)
class Entry:
    """The fields of a record that its digest covers; `position` counts from 1 in the chain of its dossier."""

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
        """SHA-256 of the record's canonical JSON, as 64 hexadecimal digits."""
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
    """Return the digest of an event, which its record stores instead of the reason and facts."""
    return _digest(action, role, agent_id, _instant(at), reason, facts)


def broken(chain: Iterable[tuple[Entry, str]]) -> int:
    """Return the position of the first record of a chain that was changed, 0 if the chain is intact.

    `chain` has each record from the first on with the digest stored beside it.
    """
    expected = BEGINNING
    for position, (entry, stored) in enumerate(chain, 1):
        if (entry.position, entry.previous, entry.digest) != (position, expected, stored):
            return position
        expected = stored
    return 0


@lru_cache(maxsize=64)  # an event and its record have the same instant
def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _digest(*parts: Any) -> str:
    return hashlib.sha256(f"[{','.join(map(_to_json, parts))}]".encode()).hexdigest()


def _to_json(part: Any) -> str:
    """Return a part as JSON; None, texts and integers, of which a check reads millions, without the slow encoder."""
    if part is None:
        return "null"
    if isinstance(part, str):
        return encode_basestring(part)
    return str(part) if type(part) is int else _canonical(part)

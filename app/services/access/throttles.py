"""Delays between tries after failures, counted by key.

Keys for passwords have account and source together, so that tries from elsewhere never lock the account's owner out.
"""

import hashlib
from datetime import datetime, timedelta
from math import ceil, log2

from peewee import Case

from app.storage.models import Throttle

FREE = 5  # failures before the first delay
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
_LONGEST_AFTER = 1 + ceil(log2(LONGEST / SHORTEST))  # failures beyond the free ones, for the longest delay
FORGOTTEN = timedelta(hours=6)  # without a failure, after which the count begins again


class TooSoon(Exception):
    """Raised while tries are delayed; `until` is the instant of the next one."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def require_allowed(key: str, now: datetime) -> None:
    """Raise TooSoon while the tries of a key are delayed."""
    if until := blocked_until(key, now):
        raise TooSoon(until)


def blocked_until(key: str, now: datetime) -> datetime | None:
    """Return until when the tries of a key are delayed, None if they are not."""
    row = Throttle.get_or_none(Throttle.key == _digest(key))
    return row.blocked_until if row and row.blocked_until and row.blocked_until > now else None


def record_failure(key: str, now: datetime, free: int = FREE) -> None:
    """Count a failure; from the first after the free ones on, the delay doubles from SHORTEST to LONGEST."""
    recent = Throttle.last_at > now - FORGOTTEN
    failures = Case(None, [(recent, Throttle.failures + 1)], 1)
    waits = [
        (failures >= free + beyond, Throttle.blocked_until.to_value(_until(now, beyond)))
        for beyond in range(_LONGEST_AFTER, 0, -1)
    ]
    first = {"failures": 1, "last_at": now, "blocked_until": _until(now, 1 - free)}
    later = {"failures": failures, "last_at": now, "blocked_until": Case(None, waits, None)}
    # A single statement adds in the database, so that simultaneous failures are all counted.
    Throttle.insert(key=_digest(key), **first).on_conflict(
        conflict_target=[Throttle.key], update=later
    ).execute()


def reset(*keys: str) -> None:
    """Delete the counts of some keys, after a success."""
    Throttle.delete().where(Throttle.key.in_([_digest(key) for key in keys])).execute()


def _until(now: datetime, beyond: int) -> datetime | None:
    """Return until when tries are delayed after `beyond` failures more than the free ones, None for 0 or less."""
    return now + min(SHORTEST * 2 ** (beyond - 1), LONGEST) if beyond > 0 else None


def _digest(key: str) -> str:
    """Return the SHA-256 of a key, stored so that no network address or number is readable."""
    return hashlib.sha256(key.encode()).hexdigest()

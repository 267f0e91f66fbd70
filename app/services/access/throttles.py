"""Delays after failures, by account and source together: nobody is locked out by somebody else's tries."""

import hashlib
from datetime import datetime, timedelta
from math import ceil, log2

from peewee import Case

from app.storage.models import Throttle

FREE = 5  # failures before the first delay
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
_LONGEST_AFTER = 1 + ceil(
    log2(LONGEST / SHORTEST)
)  # failures beyond the free ones from which it waits so long
FORGOTTEN = timedelta(hours=6)  # after so long without failure, the count begins anew


class TooSoon(Exception):
    """The next try waits until an instant."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def require_allowed(key: str, now: datetime) -> None:
    """Raise TooSoon while a key has to wait."""
    if until := blocked_until(key, now):
        raise TooSoon(until)


def blocked_until(key: str, now: datetime) -> datetime | None:
    """Until when the next try of a key waits, None when it does not."""
    row = Throttle.get_or_none(Throttle.key == _digest(key))
    return row.blocked_until if row and row.blocked_until and row.blocked_until > now else None


def record_failure(key: str, now: datetime, free: int = FREE) -> None:
    """Count a failure; after the free ones the delay doubles, from 5 seconds to 15 minutes."""
    recent = Throttle.last_at > now - FORGOTTEN
    failures = Case(None, [(recent, Throttle.failures + 1)], 1)
    waits = [
        (failures >= free + beyond, Throttle.blocked_until.to_value(_until(now, beyond)))
        for beyond in range(_LONGEST_AFTER, 0, -1)
    ]
    first = {"failures": 1, "last_at": now, "blocked_until": _until(now, 1 - free)}
    later = {"failures": failures, "last_at": now, "blocked_until": Case(None, waits, None)}
    # One statement, which adds in the database: failures at the same instant are each counted.
    Throttle.insert(key=_digest(key), **first).on_conflict(
        conflict_target=[Throttle.key], update=later
    ).execute()


def reset(*keys: str) -> None:
    """A success ends the count."""
    Throttle.delete().where(Throttle.key.in_([_digest(key) for key in keys])).execute()


def _until(now: datetime, beyond: int) -> datetime | None:
    """Until when the next try waits after so many failures beyond the free ones."""
    return now + min(SHORTEST * 2 ** (beyond - 1), LONGEST) if beyond > 0 else None


def _digest(key: str) -> str:
    """What is kept of a key: no network address or number stays readable."""
    return hashlib.sha256(key.encode()).hexdigest()

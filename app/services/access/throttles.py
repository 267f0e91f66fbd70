"""Delays after failures, by account and source together: nobody is locked out by somebody else's tries."""

import hashlib
from datetime import datetime, timedelta

from app.storage.database import database
from app.storage.models import Throttle

FREE = 5  # failures before the first delay
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
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
    key = _digest(key)
    with database.atomic():
        row = Throttle.get_or_none(Throttle.key == key)
        failures = row.failures + 1 if row and now - row.last_at < FORGOTTEN else 1
        wait = _delay(failures - free)
        values = {"failures": failures, "last_at": now, "blocked_until": now + wait if wait else None}
        Throttle.insert(key=key, **values).on_conflict(
            conflict_target=[Throttle.key], update=values
        ).execute()


def reset(*keys: str) -> None:
    """A success ends the count."""
    Throttle.delete().where(Throttle.key.in_([_digest(key) for key in keys])).execute()


def _delay(beyond: int) -> timedelta | None:
    if beyond <= 0:
        return None
    doublings = min(beyond - 1, 12)
    return min(SHORTEST * (1 << doublings), LONGEST)


def _digest(key: str) -> str:
    """What is kept of a key: no network address or number stays readable."""
    return hashlib.sha256(key.encode()).hexdigest()

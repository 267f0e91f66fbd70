"""Delays after failures, by account and source together: nobody is locked out by somebody else's tries."""

import hashlib
from datetime import datetime, timedelta

from app.storage.database import database
from app.storage.models import Throttle

FREE = 5  # failures before the first delay
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=6)  # after so long without failure, the count begins anew


def _digest(key: str) -> str:
    """What is kept of a key: no network address or number stays readable."""
    return hashlib.sha256(key.encode()).hexdigest()


def blocked_until(key: str, now: datetime) -> datetime | None:
    """Until when the next try of a key waits, None when it does not."""
    key = _digest(key)
    row = Throttle.get_or_none(Throttle.key == key)
    return row.blocked_until if row and row.blocked_until and row.blocked_until > now else None


def fail(key: str, now: datetime) -> None:
    """Count a failure; from the sixth on the delay doubles, from 5 seconds to 15 minutes."""
    key = _digest(key)
    with database.atomic():
        row = Throttle.get_or_none(Throttle.key == key)
        failures = row.failures + 1 if row and now - row.last_at < FORGOTTEN else 1
        wait = (
            min(timedelta(seconds=5 * 2 ** min(failures - FREE - 1, 12)), LONGEST)
            if failures > FREE
            else None
        )
        values = {"failures": failures, "last_at": now, "blocked_until": now + wait if wait else None}
        Throttle.insert(key=key, **values).on_conflict(
            conflict_target=[Throttle.key], update=values
        ).execute()


def forget(key: str) -> None:
    """A success ends the count."""
    Throttle.delete().where(Throttle.key == _digest(key)).execute()

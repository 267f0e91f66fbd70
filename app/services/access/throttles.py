"""Delays between tries after failures, counted by key.

A try is counted before it is made, in the statement that admits it, so that a burst shares the free tries; what
succeeds is taken back.

Keys for passwords have account and source together, so that tries from elsewhere never lock the account's owner out.
"""

import hashlib
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Try:
    """A try that was admitted and counted, and the delay that begins if it fails."""

    key: str
    delayed_until: datetime | None


def attempt(key: str, now: datetime, free: int = FREE) -> Try:
    """Count a try as a failure; from the first after the free ones on, the delay doubles from SHORTEST to LONGEST.

    Raises TooSoon, and counts nothing, while the tries of the key are delayed. `reset` or `forgive` what succeeds.
    """
    recent = Throttle.last_at > now - FORGOTTEN
    failures = Case(None, [(recent, Throttle.failures + 1)], 1)
    waits = [
        (failures >= free + beyond, Throttle.blocked_until.to_value(_until(now, beyond)))
        for beyond in range(_LONGEST_AFTER, 0, -1)
    ]
    first = {"failures": 1, "last_at": now, "blocked_until": _until(now, 1 - free)}
    later = {"failures": failures, "last_at": now, "blocked_until": Case(None, waits, None)}
    allowed = Throttle.blocked_until.is_null() | (Throttle.blocked_until <= now)
    # A single statement looks and adds, so that simultaneous tries are admitted one by one.
    counted = list(
        Throttle.insert(key=_digest(key), **first)
        .on_conflict(conflict_target=[Throttle.key], update=later, where=allowed)
        .returning(Throttle.blocked_until)
        .execute()
    )
    if not counted:
        raise TooSoon(Throttle.get_by_id(_digest(key)).blocked_until or now)
    return Try(key, counted[0].blocked_until)


def forgive(tried: Try) -> None:
    """Take back a try that did not fail, and the delay that it began; earlier failures still count."""
    counted = Throttle.key == _digest(tried.key)
    began = Throttle.blocked_until == tried.delayed_until
    Throttle.update(
        failures=Throttle.failures - 1, blocked_until=Case(None, [(began, None)], Throttle.blocked_until)
    ).where(counted & (Throttle.failures > 0)).execute()


def reset(*keys: str) -> None:
    """Delete the counts of some keys, after a success."""
    Throttle.delete().where(Throttle.key.in_([_digest(key) for key in keys])).execute()


def _until(now: datetime, beyond: int) -> datetime | None:
    """Return until when tries are delayed after `beyond` failures more than the free ones, None for 0 or less."""
    return now + min(SHORTEST * 2 ** (beyond - 1), LONGEST) if beyond > 0 else None


def _digest(key: str) -> str:
    """Return the SHA-256 of a key, stored so that no network address or number is readable."""
    return hashlib.sha256(key.encode()).hexdigest()

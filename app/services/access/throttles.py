"""Counts of tries by account, by source and by both, and the delays that follow; the figures are in `limits`.

A try is counted before what was typed is looked at, on all axes in the one statement that admits it, so that a burst
shares the free tries; what succeeds is taken back. A try that is refused counts nowhere: it takes nothing from others.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from peewee import EXCLUDED, Case

from app.services.access.limits import FORGOTTEN, Delays, Limit, Quota, Rule
from app.services.access.origins import Origin
from app.storage import repeating
from app.storage.database import database
from app.storage.models import Throttle


class TooSoon(Exception):
    """Raised while tries are delayed; `until` is the instant of the next one."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Counter:
    """One axis of a limit: the digest of its key, its rule, and whether a success deletes it."""

    digest: str
    rule: Rule
    own: bool


@dataclass(frozen=True)
class Try:
    """A try that was admitted and counted, and the delays that begin if it fails."""

    counters: tuple[Counter, ...]
    delays: dict[str, datetime | None]

    @property
    def delayed_until(self) -> datetime | None:
        """The longest delay that begins if the try fails."""
        return max(filter(None, self.delays.values()), default=None)


def attempt(limit: Limit, account: object, origin: Origin, now: datetime, *, known: bool = False) -> Try:
    """Count a try as a failure on every axis of a limit.

    Raises TooSoon, and counts nothing, while one of them is delayed. A browser that the account knows is counted by
    itself. `succeed` or `forgive` what does not fail.
    """
    counters = _known(limit, account, origin) if known else _counters(limit, account, origin, now)
    with repeating.harmless(), database.atomic():
        # A single statement looks and adds, so that simultaneous tries are admitted one by one.
        counted = list(
            Throttle.insert_many([_first(counter, now) for counter in counters])
            .on_conflict(
                conflict_target=[Throttle.key],
                update=_later(counters, now),
                where=Throttle.blocked_until.is_null() | (Throttle.blocked_until <= now),
            )
            .returning(Throttle.key, Throttle.blocked_until)
            .execute()
        )
        if len(counted) < len(counters):
            rows = Throttle.select().where(Throttle.key.in_([counter.digest for counter in counters]))
            raise TooSoon(max(row.blocked_until for row in rows if row.blocked_until))
    return Try(counters, {row.key: row.blocked_until for row in counted})


def forgive(tried: Try) -> None:
    """Take back a try that did not fail, and the delays that it began; earlier failures still count."""
    _take_back(tried, tried.counters)


def succeed(tried: Try) -> None:
    """Take back a try that succeeded, and forget the failures of this account from this source or browser."""
    Throttle.delete().where(Throttle.key.in_([c.digest for c in tried.counters if c.own])).execute()
    _take_back(tried, [counter for counter in tried.counters if not counter.own])


def reset(limit: Limit, account: object, origin: Origin, now: datetime) -> None:
    """Forget the failures of an account that was reached by a mailed link: its own, and those from this source."""
    counters = _counters(limit, account, Origin(origin.source), now, shared=False)
    Throttle.delete().where(Throttle.key.in_([counter.digest for counter in counters])).execute()


def _counters(
    limit: Limit, account: object, origin: Origin, now: datetime, shared: bool = True
) -> tuple[Counter, ...]:
    """Return the counters of a try, in one order for all, so that no two tries wait for each other."""
    axes = (
        (limit.both, f"both|{account}|{origin.source}", True),
        (limit.account, f"account|{account}", limit.both is None and limit.source is None),
        (limit.source if shared else None, f"source|{origin.source}", False),
    )
    found = [
        Counter(_digest(f"{limit.name}|{key}{rule.window(now)}"), rule, own)
        for rule, key, own in axes
        if rule is not None
    ]
    return tuple(sorted(found, key=lambda counter: counter.digest))


def _known(limit: Limit, account: object, origin: Origin) -> tuple[Counter, ...]:
    return (Counter(_digest(f"{limit.name}|known|{account}|{origin.browser}"), Delays(5), own=True),)


def _first(counter: Counter, now: datetime) -> dict[str, Any]:
    """Return the row of a first try. `failures` begins below zero by the tries that are free."""
    failures = 1 - counter.rule.free
    until = next((until for beyond, until in counter.rule.waits(now) if failures >= beyond), None)
    return {"key": counter.digest, "failures": failures, "last_at": now, "blocked_until": until}


def _later(counters: tuple[Counter, ...], now: datetime) -> dict[Any, Any]:
    """Return what a further try makes of the row of each counter."""
    windows = [counter.digest for counter in counters if isinstance(counter.rule, Quota)]
    counts = (Throttle.last_at > now - FORGOTTEN) | Throttle.key.in_(windows)
    failures = Case(None, [(counts, Throttle.failures + 1)], EXCLUDED.failures)
    waits = [
        ((Throttle.key == counter.digest) & (failures >= beyond), Throttle.blocked_until.to_value(until))
        for counter in counters
        for beyond, until in counter.rule.waits(now)
    ]
    return {"failures": failures, "last_at": now, "blocked_until": Case(None, waits, None)}


def _take_back(tried: Try, counters: Any) -> None:
    rows = [
        (Throttle.key == counter.digest) & (Throttle.failures > -counter.rule.free) for counter in counters
    ]
    if not rows:
        return
    began = [
        ((Throttle.key == key) & (Throttle.blocked_until == until), None)
        for key, until in tried.delays.items()
        if until
    ]
    kept = Case(None, began, Throttle.blocked_until) if began else Throttle.blocked_until
    Throttle.update(failures=Throttle.failures - 1, blocked_until=kept).where(reduce(or_, rows)).execute()


def _digest(key: str) -> str:
    """Return the SHA-256 of a key, stored so that no network address or number is readable."""
    return hashlib.sha256(key.encode()).hexdigest()

"""Requests that a failover or a serialization failure cut short, done again, and never twice.

A connection that dies inside COMMIT does not say whether it was done. So each transaction of a request writes a row with
the request's own key: it is there if, and only if, the transaction was.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime

import psycopg
from peewee import PeeweeException

# Classes of SQLSTATE that end by themselves: connection, transaction rollback, resources, operator intervention.
_CLASSES = ("08", "40", "53", "57")
_CANCELLED = "57014"  # by the time-out of a statement: it would take as long again
_READ_ONLY = "25006"  # a server that has just become another's standby


@dataclass
class Attempt:
    """A request that writes: how many of its transactions are surely done, and the key of one that may be."""

    key: str = field(default_factory=lambda: secrets.token_hex(16))
    done: int = 0
    unsure: str = ""

    @property
    def next_key(self) -> str:
        """The key of the transaction in hand: the same when it is tried again, so that only one of both can be done."""
        return f"{self.key}:{self.done}"


_present: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


class AlreadyDone(Exception):
    """Raised instead of a COMMIT whose key is there: the same request, done before, was committed after all."""


def begin(attempt: Attempt) -> None:
    """Begin a request that writes, or begin it again: with the same key, of which only one transaction can be done."""
    _present.set(attempt)


def end() -> None:
    """End it: what is committed from now on is no request's."""
    _present.set(None)


def present() -> Attempt | None:
    """Return the request in hand that writes."""
    return _present.get()


@contextmanager
def harmless() -> Iterator[None]:
    """Commit in this block without a key: what may be done again with its request, as the count of a try."""
    attempt = _present.get()
    _present.set(None)
    try:
        yield
    finally:
        _present.set(attempt)


@contextmanager
def committing() -> Iterator[tuple[str, datetime] | None]:
    """Give the key and the instant to write before a COMMIT in this block; note whether it was done."""
    attempt = _present.get()
    if attempt is None:
        yield None
        return
    attempt.unsure = attempt.next_key
    yield attempt.next_key, datetime.now(UTC).replace(tzinfo=None)
    attempt.unsure = ""
    attempt.done += 1


def passes(error: BaseException) -> bool:
    """Return whether an error of PostgreSQL ends by itself within seconds."""
    cause = getattr(error, "orig", error) if isinstance(error, PeeweeException) else error
    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError | psycopg.InternalError):
        return False
    state = cause.sqlstate
    return state is None or (state[:2] in _CLASSES and state != _CANCELLED) or state == _READ_ONLY

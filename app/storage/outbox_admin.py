"""Queries for the operator's commands: the state of the outbox, and emptying a demonstration's database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app.storage.database import database
from app.storage.models import TABLES, Account, Outbox
from app.storage.outbox import NEVER, STUCK_TRIES


@dataclass(frozen=True)
class Backlog:
    """Unfinished work of one kind; `error` is the type of the last failure, empty before any."""

    kind: str
    error: str
    many: int
    most_tries: int
    next_try: datetime
    failed_at: datetime | None  # since when trying again alone will not do, the oldest

    @property
    def needs_you(self) -> bool:
        """Whether an operator has to act: it failed for good, or a service has been away for ten minutes."""
        return self.failed_at is not None or self.most_tries > STUCK_TRIES

    def __str__(self) -> str:
        state = f"failed, {self.error}, {self.most_tries} tries" if self.error else "waiting"
        again = "ended" if self.next_try >= NEVER else f"next {self.next_try:%Y-%m-%d %H:%M} UTC"
        since = f", needs you since {self.failed_at:%Y-%m-%d %H:%M} UTC" if self.failed_at else ""
        return f"{self.many:6} {self.kind:20} {state}, {again}{since}"


def backlog() -> Sequence[Backlog]:
    """Return the unfinished work by kind and failure, without payloads, which may be personal data."""
    rows: Any = (  # peewee's types declare rows where .tuples() gives tuples
        Outbox.select(
            Outbox.kind,
            Outbox.error,
            fn.COUNT(Outbox.id),
            fn.MAX(Outbox.tries),
            fn.MIN(Outbox.due_at),
            fn.MIN(Outbox.failed_at),
        )
        .where(Outbox.done_at.is_null())
        .group_by(Outbox.kind, Outbox.error)
        .order_by(Outbox.kind, Outbox.error)
        .tuples()
    )
    return [Backlog(*row) for row in rows]


def retry(now: datetime) -> int:
    """Make all failed work due now and return the number of rows."""
    failed = Outbox.done_at.is_null() & (Outbox.tries > 0)
    columns = {"due_at": now, "leased_until": None, "failed_at": None}
    return int(Outbox.update(**columns).where(failed).execute())


def empty() -> bool:
    """Return whether the database has no account yet."""
    return not Account.select().exists()


def clear() -> None:
    """Delete the rows of every table, to start a demonstration again."""
    with database.atomic():
        for table in reversed(TABLES):
            table.delete().execute()

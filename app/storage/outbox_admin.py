"""What an operator looks at: the work that waits and the work that failed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from app.storage.database import database
from app.storage.models import TABLES, Account, Outbox


@dataclass(frozen=True)
class Backlog:
    """Work of one kind that is not done; `error` is the type of the last failure, empty before any."""

    kind: str
    error: str
    many: int
    most_tries: int
    next_try: datetime

    def __str__(self) -> str:
        state = f"failed, {self.error}, {self.most_tries} tries" if self.error else "waiting"
        return f"{self.many:6} {self.kind:20} {state}, next {self.next_try:%Y-%m-%d %H:%M} UTC"


def backlog() -> Sequence[Backlog]:
    """All unfinished work, by kind and failure; no payload, hence nothing personal."""
    rows: Any = (  # tuples, which the types of peewee take for rows
        Outbox.select(
            Outbox.kind, Outbox.error, fn.COUNT(Outbox.id), fn.MAX(Outbox.tries), fn.MIN(Outbox.due_at)
        )
        .where(Outbox.done_at.is_null())
        .group_by(Outbox.kind, Outbox.error)
        .order_by(Outbox.kind, Outbox.error)
        .tuples()
    )
    return [Backlog(*row) for row in rows]


def retry(now: datetime) -> int:
    """Make everything that failed due at once; how many rows."""
    failed = Outbox.done_at.is_null() & (Outbox.tries > 0)
    return int(Outbox.update(due_at=now, leased_until=None).where(failed).execute())


def empty() -> bool:
    """Whether nobody has an account yet."""
    return not Account.select().exists()


def clear() -> None:
    """Empty every table: for a demonstration that begins anew, and for nothing else."""
    with database.atomic():
        for table in reversed(TABLES):
            table.delete().execute()

"""Work to do later, kept in the same transaction as the act that asks for it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from app.storage.database import database, row_lock
from app.storage.models import Outbox

LEASE = timedelta(seconds=60)
# Waiting time before each further try; the last one again and again, in sight of an operator.
RETRIES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)


def post(kind: str, payload: dict[str, Any], now: datetime) -> None:
    """Ask for a piece of work; call it inside the transaction of the act."""
    Outbox.create(kind=kind, payload=payload, due_at=now)


def lease(now: datetime, most: int = 10) -> Sequence[Outbox]:
    """Take rows that are due for one minute; a worker that dies gives them back by the clock."""
    with database.atomic():
        free = Outbox.leased_until.is_null() | (Outbox.leased_until < now)
        query = Outbox.select().where(Outbox.done_at.is_null() & (Outbox.due_at <= now) & free)
        rows = list(row_lock(query.order_by(Outbox.due_at, Outbox.id).limit(most), skip_locked=True))
        if rows:
            ids = [row.id for row in rows]
            Outbox.update(leased_until=now + LEASE).where(Outbox.id.in_(ids)).execute()
    return rows


def complete(row: Outbox, now: datetime) -> None:
    """The work is done; what it held, codes and links of letters among it, is forgotten at once."""
    Outbox.update(done_at=now, leased_until=None, error="", payload={}).where(Outbox.id == row.id).execute()


def retry_later(row: Outbox, error: str, now: datetime) -> None:
    """Make failed work due again after a delay that grows with its tries: 10 seconds, at last 6 hours, for ever."""
    wait = RETRIES[min(row.tries, len(RETRIES) - 1)]
    Outbox.update(tries=row.tries + 1, error=error, due_at=now + wait, leased_until=None).where(
        Outbox.id == row.id
    ).execute()


def backlog() -> dict[str, int]:
    """How much waits and how much has failed at least once, for operators."""
    waiting = Outbox.select().where(Outbox.done_at.is_null())
    return {"waiting": waiting.count(), "failed": waiting.where(Outbox.tries > 0).count()}

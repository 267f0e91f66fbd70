"""The outbox: work to do later, written in the transaction of the act that asks for it (ADR 0008)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import chain
from typing import Any

from peewee import SQL

from app import request_id
from app.storage.database import database, row_lock
from app.storage.models import Outbox

LEASE = timedelta(seconds=60)
# Delay before each further try; the last one is repeated for as long as the row fails.
RETRIES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)

STUCK_TRIES = 3  # after 70 seconds, waiting will not do
MOST_DEATHS = 5  # of workers; more would stop those of other rows for ever
NEVER = datetime(9999, 12, 31, tzinfo=UTC)  # when a row is due that is not tried again by itself
DIED = "WorkerDied"


class Lane(Enum):
    """A part of the rows that is worked off by itself, so that no other part waits for it."""

    ALL = "all"
    OURS = "ours"  # prints and checks
    MAIL = "mail"
    SMS = "sms"
    SCANNED = "scanned"
    ASKED = "asked"  # of the register


# What needs a part of others, which may hang for seconds; the rest is done here.
_ELSEWHERE = {
    Lane.MAIL: ("mail", "mail_notice", "mail_number"),
    Lane.SMS: ("sms_notice",),
    Lane.SCANNED: ("scan_document", "scan_attachment"),
    Lane.ASKED: ("give_number", "invalidate_permit", "read_identity"),
}


def _of(lane: Lane) -> Any:
    """Return the condition of the rows of a lane."""
    if lane is Lane.ALL:
        return SQL("1 = 1")
    if lane is Lane.OURS:
        return Outbox.kind.not_in(tuple(chain.from_iterable(_ELSEWHERE.values())))
    return Outbox.kind.in_(_ELSEWHERE[lane])


def post(
    kind: str,
    payload: dict[str, Any],
    now: datetime,
    *,
    dossier: int | None = None,
    account: int | None = None,
) -> None:
    """Add a piece of work, due now. Call it inside the transaction of the act that asks for it.

    `dossier` and `account` are the ids of what it is about: its failure is shown there.
    """
    about = {"dossier": dossier, "account": account, "request": request_id.present()}
    Outbox.create(kind=kind, payload=payload, due_at=now, **about)


def lease(now: datetime, most: int = 10, lane: Lane = Lane.ALL) -> Sequence[Outbox]:
    """Return up to `most` rows of a lane that are due, reserved for LEASE.

    Rows of a worker that died become free again when their lease ends, MOST_DEATHS times.
    """
    with database.atomic():
        free = Outbox.leased_until.is_null() | (Outbox.leased_until < now)
        due = Outbox.done_at.is_null() & (Outbox.due_at <= now)
        query = Outbox.select().where(due & free & _of(lane))
        rows: list[Outbox] = []
        while not rows:
            found = list(row_lock(query.order_by(Outbox.due_at, Outbox.id).limit(most), skip_locked=True))
            if not found:
                break
            for row in found:
                row.deaths += row.leased_until is not None
                if row.deaths >= MOST_DEATHS:
                    end(row, DIED, now)
                else:
                    rows.append(row)
        for row in rows:
            leased = {"leased_until": now + LEASE, "deaths": row.deaths}
            Outbox.update(**leased).where(Outbox.id == row.id).execute()
    return rows


def complete(row: Outbox, now: datetime) -> None:
    """Mark a row as done and clear its payload and error.

    The payload may hold codes and links of letters, which must not outlive their sending.
    """
    done: dict[str, Any] = {"done_at": now, "leased_until": None, "error": "", "payload": {}}
    Outbox.update(**done).where(Outbox.id == row.id).execute()


def retry_later(row: Outbox, error: str, now: datetime, *, away: bool = False) -> None:
    """Note why a row failed and make it due again after the next delay of RETRIES, the last one repeated.

    From STUCK_TRIES on it counts as failed, unless only a service is `away` that may come back.
    """
    tries = row.tries + 1
    failed = row.failed_at or (now if tries >= STUCK_TRIES and not away else None)
    wait = RETRIES[min(row.tries, len(RETRIES) - 1)]
    columns = {
        "tries": tries,
        "error": error,
        "due_at": now + wait,
        "leased_until": None,
        "failed_at": failed,
    }
    Outbox.update(**columns).where(Outbox.id == row.id).execute()


def postpone(row: Outbox, error: str, now: datetime) -> None:
    """Make a row due again soon, without a try: the part that it needs hangs, and was not asked."""
    columns = {"error": error, "due_at": now + RETRIES[0], "leased_until": None}
    Outbox.update(**columns).where(Outbox.id == row.id).execute()


def hasten(kinds: Sequence[str], now: datetime) -> None:
    """Make rows of some kinds due now that wait for a service which answers again."""
    waits = Outbox.kind.in_(kinds) & Outbox.done_at.is_null() & Outbox.failed_at.is_null()
    Outbox.update(due_at=now).where(waits & (Outbox.due_at > now)).execute()


def end(row: Outbox, error: str, now: datetime) -> None:
    """Note why a row failed for good: it is not tried again until an agent or an operator asks for it."""
    columns = {"tries": row.tries + 1, "error": error, "due_at": NEVER, "leased_until": None}
    failed = {"failed_at": row.failed_at or now, "deaths": 0}
    Outbox.update(**columns, **failed).where(Outbox.id == row.id).execute()


def keeps_failing(kind: str, payload: dict[str, Any]) -> bool:
    """Return whether this work has failed so often that waiting will not do, or for good."""
    tried = (Outbox.tries >= STUCK_TRIES) | Outbox.failed_at.is_null(False)
    failed = Outbox.done_at.is_null() & (Outbox.kind == kind) & tried
    return any(row.payload == payload for row in Outbox.select(Outbox.payload).where(failed))


def unfinished(kind: str, dossier_id: int) -> bool:
    """Return whether there is work of a kind about a dossier that is not done."""
    about = (Outbox.dossier == dossier_id) & (Outbox.kind == kind)
    return bool(Outbox.select().where(Outbox.done_at.is_null() & about).exists())


def backlog() -> dict[str, int]:
    """Return the number of unfinished rows (`waiting`), and how many of them have failed at least once (`failed`)."""
    waiting = Outbox.select().where(Outbox.done_at.is_null())
    return {"waiting": waiting.count(), "failed": waiting.where(Outbox.tries > 0).count()}

"""What operators read and set: the beats of workers, the switches of the service; which days of which task are done."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from peewee import fn

from app.storage.models import DayDone, DoneRequest, Dossier, Outbox, Switch, WorkerBeat
from app.storage.models.messages import FAILED

LOOPS = (
    "ours",
    "mail",
    "sms",
    "scanned",
    "asked",
    "calendar",
    "photos",
    "erasing",
)  # of a worker, see app.jobs
KEPT = timedelta(days=1)  # beats of workers that ended, keys of requests that nobody repeats


def beat(worker: str, loop: str, now: datetime) -> None:
    """Note that a loop of a worker has just done a turn."""
    WorkerBeat.insert(worker=worker, loop=loop, at=now).on_conflict(
        conflict_target=[WorkerBeat.worker, WorkerBeat.loop], update={WorkerBeat.at: now}
    ).execute()


def last_beats() -> Mapping[str, datetime]:
    """Return when each loop did its last turn, in whichever worker."""
    newest: Any = WorkerBeat.select(WorkerBeat.loop, fn.MAX(WorkerBeat.at)).group_by(WorkerBeat.loop)
    return dict(newest.tuples())


def forget(now: datetime) -> int:
    """Delete what is of no use any more; return the number of rows."""
    old = now - KEPT
    beats = WorkerBeat.delete().where(WorkerBeat.at < old).execute()
    return int(beats + DoneRequest.delete().where(DoneRequest.at < old).execute())


def was_done(key: str) -> bool:
    """Return whether the transaction of a request was committed."""
    return bool(DoneRequest.select().where(DoneRequest.key == key).exists())


def is_over(task: str, day: date) -> bool:
    """Return whether a daily task has come to its end on a day."""
    return bool(DayDone.select().where((DayDone.task == task) & (DayDone.day == day)).exists())


def set_over(task: str, day: date) -> None:
    """Note that a daily task has come to its end: it need not look again before the next day."""
    DayDone.insert(task=task, day=day).on_conflict(
        conflict_target=[DayDone.task], update={DayDone.day: day}
    ).execute()


def switched(name: str) -> str:
    """Return the position of a switch, "" where it was never set."""
    found = Switch.get_or_none(Switch.name == name)
    return found.value if found else ""


def switch(name: str, value: str, now: datetime) -> None:
    """Set a switch."""
    Switch.insert(name=name, value=value, since=now).on_conflict(
        conflict_target=[Switch.name], update={Switch.value: value, Switch.since: now}
    ).execute()


def due(now: datetime) -> Mapping[str, tuple[int, datetime]]:
    """Return, by kind, how much work is due and not in hand, and since when the oldest."""
    free = Outbox.leased_until.is_null() | (Outbox.leased_until < now)
    query: Any = (
        Outbox.select(Outbox.kind, fn.COUNT(Outbox.id), fn.MIN(Outbox.due_at))
        .where(Outbox.done_at.is_null() & (Outbox.due_at <= now) & free)
        .group_by(Outbox.kind)
    )
    return {kind: (many, since) for kind, many, since in query.tuples()}


def failed() -> Mapping[str, int]:
    """Return, by kind, how much work failed and waits for an agent or an operator."""
    query: Any = Outbox.select(Outbox.kind, fn.COUNT(Outbox.id)).where(FAILED).group_by(Outbox.kind)
    return dict(query.tuples())


def dossiers_by_state() -> Mapping[str, int]:
    """Return how many dossiers are in each state."""
    query: Any = Dossier.select(Dossier.state, fn.COUNT(Dossier.id)).group_by(Dossier.state)
    return dict(query.tuples())


def filed_since(day: date) -> int:
    """Return how many dossiers were filed since a day."""
    return int(Dossier.select().where(Dossier.filed_on >= day).count())

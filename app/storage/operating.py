"""What operators read and set: the beats of workers, the switches of the service."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from app.storage.models import DoneRequest, Switch, WorkerBeat

LOOPS = ("ours", "mail", "sms", "scanned", "asked", "calendar", "photos", "erasing")  # of a worker, see app.jobs
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


def switched(name: str) -> str:
    """Return the position of a switch, "" where it was never set."""
    found = Switch.get_or_none(Switch.name == name)
    return found.value if found else ""


def switch(name: str, value: str, now: datetime) -> None:
    """Set a switch; "" takes it away."""
    Switch.delete().where(Switch.name == name).execute()
    if value:
        Switch.create(name=name, value=value, since=now)

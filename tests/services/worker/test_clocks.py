"""Workers whose machines' clocks are hours off: work is done once and in time, or left to others."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app import jobs
from app.jobs import clock_off
from app.storage import operating, outbox, shared_clock
from app.storage.database import clock
from app.storage.models import Outbox
from app.storage.outbox import Lane
from app.storage.shared_clock import SharedClock
from tests.waiting import until

pytestmark = pytest.mark.engines("postgres")

MOMENT = timedelta(seconds=30)  # far less than what a machine is off by
PATIENCE = 100.0


@pytest.fixture(params=[2, -2], ids=["ahead", "behind"])
def off(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, app: Flask) -> timedelta:
    """By how much this machine is ahead. Its worker does nothing but note which rows it was given."""
    span = timedelta(hours=request.param)
    monkeypatch.setattr(shared_clock, "machine_clock", lambda: datetime.now(UTC) + span)
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0.01)
    app.extensions["clock"] = SharedClock(0)
    return span


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows that a worker was given."""
    found: list[int] = []
    for kind in ("check_files", "mail"):
        monkeypatch.setitem(jobs.HANDLERS, kind, lambda work: found.append(work.id))
    return found


def turned(app: Flask, ready: Callable[[], object]) -> None:
    """Let the worker of this machine turn until something is so."""
    stop = threading.Event()
    worker = threading.Thread(target=jobs.run, args=(app, stop))
    worker.start()
    try:
        assert until(ready, PATIENCE)
    finally:
        stop.set()
        worker.join(PATIENCE)


def test_what_another_machine_posts_is_done_at_once_and_beats_are_of_now(
    app: Flask, off: timedelta, done: list[int]
) -> None:
    now = clock()
    outbox.post("check_files", {}, now)
    turned(app, lambda: not outbox.backlog()["waiting"])
    assert now <= Outbox.get().done_at < now + MOMENT
    assert all(abs(at - now) < MOMENT for at in operating.last_beats().values())


def test_the_lease_of_another_machine_holds(app: Flask, off: timedelta, done: list[int]) -> None:
    outbox.post("check_files", {}, clock())
    (theirs,) = outbox.lease(clock(), lane=Lane.OURS)
    outbox.post("check_files", {}, clock())
    turned(app, lambda: done)
    assert theirs.id not in done


def test_what_a_store_would_refuse_is_left_to_others_untried(
    app: Flask, off: timedelta, done: list[int]
) -> None:
    """S3 takes no signature of another hour; each refusal would put the work off, at last for six hours."""
    app.extensions["settings"] = replace(app.extensions["settings"], files_url="s3://files/")
    outbox.post("check_files", {}, clock() - timedelta(minutes=1))
    outbox.post("mail", {}, clock())
    turned(app, lambda: done)
    (left,) = Outbox.select().where(Outbox.done_at.is_null())
    assert (left.kind, left.tries, left.leased_until) == ("check_files", 0, None)


def test_the_operator_is_told(app: Flask, off: timedelta, caplog: pytest.LogCaptureFixture) -> None:
    clock_off.tell(app)
    (line,) = caplog.records
    assert abs(line.fields["seconds"] - off.total_seconds()) < MOMENT.total_seconds()


def test_nothing_is_told_or_left_on_a_machine_that_agrees(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    app.extensions["clock"] = SharedClock(0)
    app.extensions["settings"] = replace(app.extensions["settings"], files_url="s3://files/")
    clock_off.tell(app)
    assert not caplog.records
    assert not clock_off.would_be_refused(app, Lane.OURS)

"""The worker's loops: none waits for another, all stop when told, and none ends without a word."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from flask import Flask
from peewee import OperationalError

from app import jobs
from app.domain.rules.ephotos import EPhotoState
from app.jobs import sweeps
from app.jobs.work import Work
from app.services.applications import complements
from app.services.calendar import end_of_rights_warnings
from app.storage import operating, outbox
from app.storage.models import Attestation, Outbox, PhotoCode
from app.storage.outbox import Lane
from tests import factories
from tests.fixtures import NOON
from tests.services.certificates.test_rights_coverage import TODAY, dossier
from tests.services.outside import with_gateways
from tests.waiting import until, until_loops_ended

PATIENCE = 100.0  # seconds after which a thread that did not do its part never will


class Held:
    """Something outside that does not answer until it is let go."""

    def __init__(self) -> None:
        self.asked, self.let_go = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.asked.set()
        self.let_go.wait(3 * PATIENCE)  # longer than any test looks for what must happen meanwhile


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Where a handler or a gateway hangs; loops pause a hundredth of a second."""
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0.01)
    return Held()


@contextmanager
def working(app: Flask, held: Held, stop: threading.Event) -> Iterator[threading.Thread]:
    """A worker that ends with the block, where what is held is let go."""
    worker = threading.Thread(target=jobs.run, args=(app, stop))
    worker.start()
    try:
        yield worker
    finally:
        stop.set()
        held.let_go.set()
        worker.join(PATIENCE)
        until_loops_ended()
        assert not worker.is_alive()


def end_by_itself(app: Flask) -> BaseException | None:
    """What a worker ends with that is not told to stop, None when it does not end."""
    stop, ended = threading.Event(), []

    def work() -> None:
        try:
            jobs.run(app, stop)
        except BaseException as error:
            ended.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join(PATIENCE)
    found = [*ended, None][0]
    stop.set()
    worker.join(PATIENCE)
    return found


def extended(dossier_id: int) -> bool:
    """Whether the rights of a dossier were extended."""
    found = (Attestation.dossier == dossier_id) & (Attestation.kind == "prolongation")
    return Attestation.select().where(found).exists()


def test_a_worker_with_nothing_to_do_stops_when_told(app: Flask, held: Held) -> None:
    filed = factories.filed()
    with working(app, held, threading.Event()):
        assert until(lambda: not outbox.backlog()["waiting"])
    assert outbox.backlog() == {"waiting": 0, "failed": 0}
    assert Attestation.get(Attestation.dossier == filed.id).file_key


def test_a_busy_worker_stops_after_the_row_in_hand(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: held())
    for _row in range(40):
        outbox.post("mail", {}, NOON)
    stop = threading.Event()
    with working(app, held, stop) as worker:
        assert held.asked.wait(PATIENCE)
        stop.set()
        held.let_go.set()
        worker.join(PATIENCE)
        assert not worker.is_alive()
    assert Outbox.select().where(Outbox.done_at.is_null(False)).count() == 1
    assert outbox.backlog() == {"waiting": 39, "failed": 0}


@pytest.mark.parametrize("hangs", ["mail", "scan_document", "scan_attachment"])
def test_what_hangs_holds_up_no_certificate(
    hangs: str, app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thirty letters for a server that hangs kept the certificate of somebody who filed then for 299 seconds."""
    monkeypatch.setitem(jobs.HANDLERS, hangs, lambda work: held())
    outbox.post(hangs, {}, NOON - timedelta(minutes=1))
    with working(app, held, threading.Event()):
        assert held.asked.wait(PATIENCE)
        filed = factories.filed()
        assert until(lambda: bool(Attestation.get(Attestation.dossier == filed.id).file_key))
        assert not held.let_go.is_set()


@pytest.mark.parametrize("held_up", ["mail", "sms_notice", "scan_document", "give_number"])
def test_each_part_of_others_has_a_lane(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch, held_up: str
) -> None:
    """What hangs holds up its own kind, and nothing else."""
    others = {"mail", "sms_notice", "scan_document", "give_number", "check_files"} - {held_up}
    done: list[str] = []
    monkeypatch.setitem(jobs.HANDLERS, held_up, lambda work: held())
    for kind in others:
        monkeypatch.setitem(jobs.HANDLERS, kind, lambda work, kind=kind: done.append(kind))
    outbox.post(held_up, {}, NOON - timedelta(minutes=1))
    with working(app, held, threading.Event()):
        assert held.asked.wait(PATIENCE)
        for kind in others:
            outbox.post(kind, {}, NOON)
        assert until(lambda: set(done) == others)
        assert not held.let_go.is_set()


@pytest.mark.engines("sqlite")
def test_a_worker_whose_row_hangs_ends_all_the_same(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five seconds after it was told to stop, a supervisor kills it: with it what the other threads had in hand."""
    monkeypatch.setattr(jobs, "GRACE_SECONDS", 0.1)
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: held())
    outbox.post("mail", {}, NOON)
    stop = threading.Event()
    threading.Thread(target=lambda: held.asked.wait(PATIENCE) and stop.set()).start()
    with pytest.raises(jobs.StillBusy):
        jobs.run(app, stop)
    held.let_go.set()
    assert until(lambda: not outbox.backlog()["waiting"])
    until_loops_ended()


@pytest.mark.engines("sqlite")
def test_each_loop_beats(app: Flask, held: Held) -> None:
    with working(app, held, threading.Event()):
        assert until(lambda: set(operating.last_beats()) == set(operating.LOOPS))
    assert set(operating.last_beats().values()) == {NOON}


def test_a_letter_that_hangs_holds_up_no_extension_of_rights(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: held())
    monkeypatch.setattr(jobs, "SWEEP_EVERY", timedelta())
    Outbox.delete().execute()
    outbox.post("mail", {}, NOON)
    with working(app, held, threading.Event()):
        assert held.asked.wait(PATIENCE)
        ending = dossier(TODAY + factories.days(3))
        assert until(lambda: extended(ending.id))
        assert not held.let_go.is_set()


def test_a_photo_desk_that_hangs_holds_up_neither_letters_nor_rights(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Desk:
        def look_up(self, code: str, today: object) -> EPhotoState:
            held()
            return EPhotoState.NOT_ARRIVED

    given = {"state": str(EPhotoState.NOT_ARRIVED), "given_at": NOON, "checked_at": NOON - timedelta(hours=2)}
    PhotoCode.create(dossier=factories.draft(), code="7K2M9QXA41TBZC83WD6R5H", **given)
    with_gateways(app, ephoto=Desk())
    done = threading.Event()
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: done.set())
    monkeypatch.setattr(jobs, "SWEEP_EVERY", timedelta())
    with working(app, held, threading.Event()):
        assert held.asked.wait(PATIENCE)
        ending = dossier(TODAY + factories.days(3))
        outbox.post("mail", {}, NOON)
        assert until(lambda: extended(ending.id))
        assert done.wait(PATIENCE)
        assert not held.let_go.is_set()


def test_a_sweep_in_hand_stops_after_its_part(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop, done = threading.Event(), []
    monkeypatch.setattr(end_of_rights_warnings, "send_due", lambda now: stop.set() or 1)
    monkeypatch.setattr(complements, "remind_due", lambda now: done.append("awaited") or 0)
    sweeps.calendar(NOON, stop)
    assert stop.is_set()
    assert done == []


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("part", ["calendar", "photos", "erasing"])
def test_an_error_of_ours_in_a_sweep_ends_the_worker(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    def failing(*_given: object) -> None:
        raise LookupError("a mistake")

    monkeypatch.setattr(sweeps, part, failing)
    assert isinstance(end_by_itself(app), LookupError)


@pytest.mark.engines("sqlite")
def test_a_handler_that_exits_ends_the_worker_and_leaves_its_row(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    def exiting(work: Work) -> None:
        raise SystemExit(3)

    monkeypatch.setitem(jobs.HANDLERS, "mail", exiting)
    outbox.post("mail", {}, NOON)
    assert isinstance(end_by_itself(app), SystemExit)
    row = Outbox.get()
    assert (row.done_at, row.tries) == (None, 0)
    assert row.leased_until > NOON, "another worker takes it over by the clock"


@pytest.mark.engines("sqlite")
def test_a_database_that_is_away_is_waited_for(
    app: Flask, held: Held, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    lease, asked = outbox.lease, []

    def away(now: datetime, most: int, lane: Lane) -> object:
        asked.append(now)
        if len(asked) < 3:
            raise OperationalError("gone")
        return lease(now, most, lane)

    monkeypatch.setattr(outbox, "lease", away)
    done = threading.Event()
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: done.set())
    outbox.post("mail", {}, NOON)
    with caplog.at_level(logging.ERROR), working(app, held, threading.Event()):
        assert done.wait(PATIENCE)
    assert [one.message for one in caplog.records] == ["database unavailable"] * 2


@pytest.mark.engines("sqlite")
def test_a_clock_that_is_set_back_stops_no_sweep(app: Flask, held: Held) -> None:
    moments = [
        NOON,
        NOON + timedelta(seconds=30),
        NOON + timedelta(days=90),
        NOON,
        NOON + timedelta(seconds=61),
    ]
    left, swept, stop = list(moments), [], threading.Event()

    def clock() -> datetime:
        if len(left) == 1:
            stop.set()
        return left.pop(0)

    jobs.repeat(swept.append, jobs.SWEEP_EVERY, clock, stop)
    assert swept == [moments[0], moments[2], moments[3], moments[4]]

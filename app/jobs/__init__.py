"""The worker: runs the outbox and the periodic sweeps. Several workers may run side by side."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from flask import Flask

from app import outside, request_id
from app.deployment import Clock
from app.gateways.delivery import Refused, Unavailable, Undelivered
from app.gateways.register import RegisterUnavailable
from app.jobs import clock_off, sweeps
from app.jobs.checks import check_files, scan_attachment, scan_document
from app.jobs.copies import make_copy
from app.jobs.letters import send_mail, send_mail_notice, send_number, send_sms_notice
from app.jobs.numbers import give_number, invalidate_permit, read_identity
from app.jobs.prints import print_application, print_attestation, print_certificate, print_letter
from app.jobs.work import Handler, Work
from app.services.operations.modes import Mode, drained, mode
from app.services.virus_scans import NotScannedYet
from app.storage import operating, outbox
from app.storage.database import UNAVAILABLE, connected, require_migrated
from app.storage.files import StoreUnavailable
from app.storage.models import Outbox
from app.storage.outbox import Lane

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
STATEMENT_SECONDS = 60  # some sweeps look at everybody
SWEEP_EVERY = timedelta(minutes=1)
BEAT_EVERY = timedelta(seconds=15)
GRACE_SECONDS = (
    4.0  # of what is in hand once the worker is told to stop; `serve` and systemd wait for a little more
)

# Errors that end by themselves, with the service that is away.
AWAY = (
    Unavailable,
    RegisterUnavailable,
    StoreUnavailable,
    NotScannedYet,
    *UNAVAILABLE,
)

HANDLERS: dict[str, Handler] = {
    "print_attestation": print_attestation,
    "print_application": print_application,
    "print_certificate": print_certificate,
    "print_letter": print_letter,
    "mail_notice": send_mail_notice,
    "sms_notice": send_sms_notice,
    "mail": send_mail,
    "give_number": give_number,
    "invalidate_permit": invalidate_permit,
    "read_identity": read_identity,
    "mail_number": send_number,
    "scan_document": scan_document,
    "scan_attachment": scan_attachment,
    "make_copy": make_copy,
    "check_files": check_files,
}


def run_once(app: Flask, now: datetime) -> int:
    """Run every row of the outbox that is due at an instant, and what these ask for; return how many were tried."""
    began, tried = time.monotonic(), 0
    while run_row(app, now + timedelta(seconds=time.monotonic() - began), Lane.ALL):
        tried += 1
    return tried


def run_row(app: Flask, now: datetime, lane: Lane) -> bool:
    """Run the oldest row of a lane that is due; return whether there was one.

    Rows are leased one at a time, so that a slow mail server never lets the lease of the next row expire.
    """
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    for row in (rows := outbox.lease(now, most=1, lane=lane)):
        _attempt(app, row, clock)
    return bool(rows)


def _attempt(app: Flask, row: Outbox, clock: Clock) -> None:
    """Run a row's handler, then mark the row as done, or due again later with the type of the error.

    Any exception is caught: a letter that cannot be sent must not block the others. An exit of the process leaves the
    row leased; another worker runs it once the lease has expired.
    """
    request_id.resume(row.request)
    try:
        HANDLERS[row.kind](Work(app, row.id, row.payload, clock()))
    except Exception as error:  # any: see above
        why = type(error).__name__
        if isinstance(error, Undelivered):  # what other errors say may quote a person's data
            why = f"{why}: {error}"
        fields = {"outbox": row.id, "kind": row.kind, "tries": row.tries + 1, "why": why}
        fields |= {"request": row.request} if row.request else {}
        log.error("work failed", exc_info=error, extra={"fields": fields})
        if outside.was_away(error):
            outbox.postpone(row, why, clock())
        elif isinstance(error, Refused):
            outbox.end(row, why, clock())
        else:
            outbox.retry_later(row, why, clock(), away=isinstance(error, AWAY))
    else:
        outbox.complete(row, clock())
    finally:
        request_id.resume("")


class StillBusy(Exception):
    """Raised when something in hand did not end after the worker was told to stop; another worker takes it over."""


def run(app: Flask, stop: threading.Event) -> None:
    """Run the lanes of the outbox and the sweeps, a thread each, until `stop` is set.

    None waits for another: a mail server that hangs delays neither a certificate nor an extension of rights. An
    unexpected error in one stops all and is raised, so that a supervisor sees a worker that ended rather than one that
    does half its work. Unmigrated is raised for a database that lacks a migration, instead of the same failure twice a
    second; StillBusy where a thread has not ended GRACE_SECONDS after `stop`: end the process then.
    """
    _require_migrated(stop)
    clock: Clock = app.extensions["clock"]
    running = [_thread(loop, act, every, clock, stop) for loop, every, act in loops(app, stop)]
    wait(running, return_when=FIRST_COMPLETED)
    stop.set()
    wait(running, GRACE_SECONDS)
    busy = False
    for loop in running:
        if loop.done():
            loop.result()
        busy = busy or not loop.done()
    if busy:
        raise StillBusy


Turn = Callable[[datetime], object]


def loops(app: Flask, stop: threading.Event) -> Iterator[tuple[str, timedelta, Turn]]:
    """Yield the name of each loop, how often it turns, and what it does at each turn."""
    for lane in Lane:
        if lane is not Lane.ALL:
            yield lane.value, timedelta(), partial(_row_unless_drained, app, lane)
    for name, sweep in (
        ("calendar", lambda now: _calendar(app, now, stop)),
        ("photos", lambda now: sweeps.photos(app, now, stop)),
        ("erasing", lambda now: sweeps.erasing(app, now, stop)),
    ):
        yield name, SWEEP_EVERY, partial(_swept_while_open, sweep)


def _row_unless_drained(app: Flask, lane: Lane, now: datetime) -> bool:
    may = not drained() and mode() is Mode.OPEN and not clock_off.would_be_refused(app, lane)
    return may and run_row(app, now, lane)


def _calendar(app: Flask, now: datetime, stop: threading.Event) -> None:
    clock_off.tell(app)
    sweeps.calendar(now, stop)


def _swept_while_open(sweep: Turn, now: datetime) -> None:
    if mode() is Mode.OPEN:
        sweep(now)


def _thread(name: str, act: Turn, every: timedelta, clock: Clock, stop: threading.Event) -> "Future[None]":
    """Begin a loop in a thread that does not keep the process from ending."""
    ended: Future[None] = Future()

    def work() -> None:
        try:
            repeat(act, every, clock, stop, name)
        except BaseException as error:  # an exit too: it ends the worker, not the thread alone
            ended.set_exception(error)
        else:
            ended.set_result(None)

    threading.Thread(target=work, name=f"worker-{name}", daemon=True).start()
    return ended


def repeat(act: Turn, every: timedelta, clock: Clock, stop: threading.Event, name: str = "") -> None:
    """Call `act` each time `every` has passed, until `stop` is set; go on while the database is unavailable.

    Pause after a turn that says that there was nothing to do. A turn is noted as a beat, under `name`.
    """
    worker = f"{socket.gethostname()[:60]}:{os.getpid()}"
    done = beaten = None
    while not stop.is_set():
        more = False
        with _database_errors_logged(), connected():
            now = clock()
            if done is None or abs(now - done) >= every:  # abs: the clock may be set back
                more = act(now) is True
                done = now
            if name and (beaten is None or abs(now - beaten) >= BEAT_EVERY):
                operating.beat(worker, name, now)
                beaten = now
        if not more:
            stop.wait(PAUSE_SECONDS)


def _require_migrated(stop: threading.Event) -> None:
    """Raise Unmigrated if a migration has not run; wait while the database is unavailable."""
    while not stop.is_set():
        with _database_errors_logged():
            require_migrated()
            return
        stop.wait(PAUSE_SECONDS)


@contextmanager
def _database_errors_logged() -> Iterator[None]:
    """Log an error of an unavailable database instead of raising it, to try again after a pause."""
    try:
        yield
    except UNAVAILABLE as error:
        log.error("database unavailable", exc_info=error)

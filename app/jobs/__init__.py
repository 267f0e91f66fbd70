"""The worker: does what acts asked for, and what the calendar asks for. Several may run side by side."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask
from peewee import InterfaceError, OperationalError

from app.deployment import Clock
from app.jobs import sweeps
from app.jobs.checks import scan_document
from app.jobs.letters import send_mail, send_mail_notice, send_number, send_sms_notice
from app.jobs.numbers import give_number, invalidate_permit
from app.jobs.prints import print_application, print_attestation, print_certificate, print_letter
from app.jobs.work import NEVER, Handler, Work
from app.storage import outbox
from app.storage.database import database, require_migrated
from app.storage.models import Outbox

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
SWEEP_EVERY = timedelta(minutes=1)

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
    "mail_number": send_number,
    "scan_document": scan_document,
}


def run_once(app: Flask, now: datetime, stop: threading.Event = NEVER) -> int:
    """Do everything that is due at an instant, oldest first; return how many rows were tried.

    One row a lease, counted from when it is taken: a slow mail server never lets the next lease run out. Once told to
    stop, no other row is taken.
    """
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    tried = 0
    while not stop.is_set() and (rows := outbox.lease(clock(), most=1)):
        for row in rows:
            _attempt(app, row, clock)
            tried += 1
    return tried


def _attempt(app: Flask, row: Outbox, clock: Clock) -> None:
    """Try a row once: it is done, or kept for later with the type of the error.

    Any exception: a letter that cannot be sent must not hold up the others. What is none, such as an exit, leaves the
    row leased: another worker takes it over once the lease has run out.
    """
    try:
        HANDLERS[row.kind](Work(app, row.id, row.payload, clock()))
    except Exception as error:
        fields = {"outbox": row.id, "kind": row.kind, "tries": row.tries + 1}
        log.error("work failed", exc_info=error, extra={"fields": fields})
        outbox.retry_later(row, type(error).__name__, clock())
    else:
        outbox.complete(row, clock())


def run(app: Flask, stop: threading.Event) -> None:
    """Work until told to stop: rows of the outbox, the calendar, and what others are asked again, each in a thread.

    None waits for another: a mail server that hangs holds up no extension of rights. An error of ours in one of them
    ends them all and is raised, so that a supervisor sees a worker that ended instead of one that does half its work.
    Raises `Unmigrated` on a database that lacks a migration: the same failure twice a second would tell nothing.
    """
    _require_migrated(stop)
    clock: Clock = app.extensions["clock"]
    loops: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
        (timedelta(), lambda now: run_once(app, now, stop)),
        (SWEEP_EVERY, lambda now: sweeps.calendar(now, stop)),
        (SWEEP_EVERY, lambda now: sweeps.gateways(app, now, stop)),
    )
    with ThreadPoolExecutor(len(loops), "worker") as threads:
        running = [threads.submit(repeat, act, every, clock, stop) for every, act in loops]
        wait(running, return_when=FIRST_COMPLETED)
        stop.set()
    for loop in running:
        loop.result()


def repeat(act: Callable[[datetime], object], every: timedelta, clock: Clock, stop: threading.Event) -> None:
    """Act each time so much time has passed, until told to stop; a database that is away is waited for."""
    done: datetime | None = None
    while not stop.is_set():
        now = clock()
        if done is None or abs(now - done) >= every:  # a clock that is set back stops nothing
            with _unless_away(), database.connection_context():
                act(now)
                done = now
        stop.wait(PAUSE_SECONDS)


def _require_migrated(stop: threading.Event) -> None:
    """Raise `Unmigrated` where a migration has not run; a database that is away is waited for."""
    while not stop.is_set():
        with _unless_away():
            require_migrated()
            return
        stop.wait(PAUSE_SECONDS)


@contextmanager
def _unless_away() -> Iterator[None]:
    """Log a database that is away instead of ending: it is asked again after a pause."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        log.error("database unavailable", exc_info=error)

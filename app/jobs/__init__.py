"""The worker: runs the outbox and the periodic sweeps. Several workers may run side by side."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime, timedelta

from flask import Flask
from peewee import InterfaceError, OperationalError

from app import outside
from app.deployment import Clock
from app.gateways.delivery import Refused, Unavailable, Undelivered
from app.gateways.register import RegisterUnavailable
from app.jobs import sweeps
from app.jobs.checks import check_files, scan_attachment, scan_document
from app.jobs.copies import make_copy
from app.jobs.letters import send_mail, send_mail_notice, send_number, send_sms_notice
from app.jobs.numbers import give_number, invalidate_permit, read_identity
from app.jobs.prints import print_application, print_attestation, print_certificate, print_letter
from app.jobs.work import NEVER, Handler, Work
from app.services.virus_scans import NotScannedYet
from app.storage import outbox
from app.storage.database import database, require_migrated
from app.storage.files import StoreUnavailable
from app.storage.models import Outbox
from app.storage.outbox import Lane

log = logging.getLogger(__name__)

PAUSE_SECONDS = 0.5
STATEMENT_SECONDS = 60  # some sweeps look at everybody
SWEEP_EVERY = timedelta(minutes=1)

# Errors that end by themselves, with the service that is away.
AWAY = (
    Unavailable,
    RegisterUnavailable,
    StoreUnavailable,
    NotScannedYet,
    OperationalError,
    InterfaceError,
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


def run_once(app: Flask, now: datetime, stop: threading.Event = NEVER, lane: Lane = Lane.ALL) -> int:
    """Run every row of a lane of the outbox that is due at an instant, oldest first; return how many were tried.

    Rows are leased one at a time, so that a slow mail server never lets the lease of the next row expire. No row is
    leased once `stop` is set.
    """
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    tried = 0
    while not stop.is_set() and (rows := outbox.lease(clock(), most=1, lane=lane)):
        for row in rows:
            _attempt(app, row, clock)
            tried += 1
    return tried


def _attempt(app: Flask, row: Outbox, clock: Clock) -> None:
    """Run a row's handler, then mark the row as done, or due again later with the type of the error.

    Any exception is caught: a letter that cannot be sent must not block the others. An exit of the process leaves the
    row leased; another worker runs it once the lease has expired.
    """
    try:
        HANDLERS[row.kind](Work(app, row.id, row.payload, clock()))
    except Exception as error:
        why = type(error).__name__
        if isinstance(error, Undelivered):  # what other errors say may quote a person's data
            why = f"{why}: {error}"
        fields = {"outbox": row.id, "kind": row.kind, "tries": row.tries + 1, "why": why}
        log.error("work failed", exc_info=error, extra={"fields": fields})
        if outside.was_away(error):
            outbox.postpone(row, why, clock())
        elif isinstance(error, Refused):
            outbox.end(row, why, clock())
        else:
            outbox.retry_later(row, why, clock(), away=isinstance(error, AWAY))
    else:
        outbox.complete(row, clock())


def run(app: Flask, stop: threading.Event) -> None:
    """Run the lanes of the outbox and both sweeps, a thread each, until `stop` is set.

    None waits for another: a mail server that hangs delays neither a certificate nor an extension of rights. An
    unexpected error in one stops all and is raised, so that a supervisor sees a worker that ended rather than one that
    does half its work. Unmigrated is raised for a database that lacks a migration, instead of the same failure twice a
    second.
    """
    _require_migrated(stop)
    clock: Clock = app.extensions["clock"]
    loops: tuple[tuple[timedelta, Callable[[datetime], object]], ...] = (
        (timedelta(), lambda now: run_once(app, now, stop, Lane.OURS)),
        (timedelta(), lambda now: run_once(app, now, stop, Lane.SENT)),
        (timedelta(), lambda now: run_once(app, now, stop, Lane.SCANNED)),
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
    """Call `act` each time `every` has passed, until `stop` is set; go on while the database is unavailable."""
    done: datetime | None = None
    while not stop.is_set():
        now = clock()
        if done is None or abs(now - done) >= every:  # abs: the clock may be set back
            with _database_errors_logged(), database.connection_context():
                act(now)
                done = now
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
    except (OperationalError, InterfaceError) as error:
        log.error("database unavailable", exc_info=error)

"""The worker: does what acts asked for, and what the calendar asks for. Several may run side by side."""

import logging
import threading
import time
from datetime import datetime, timedelta
from types import TracebackType

from flask import Flask
from peewee import InterfaceError, OperationalError

from app.deployment import Clock
from app.jobs.checks import scan_document
from app.jobs.letters import send_mail, send_mail_notice, send_number, send_sms_notice
from app.jobs.numbers import give_number, invalidate_permit
from app.jobs.prints import print_application, print_attestation, print_certificate, print_letter
from app.jobs.sweeps import sweep
from app.jobs.work import Handler, Work
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


class _Attempt:
    """One try at one row: done when the block ends well, otherwise kept, with the error's type, for later.

    Whatever a handler raises, the worker goes on: a letter that cannot be sent must not hold up the others.
    """

    def __init__(self, row: Outbox, clock: Clock) -> None:
        self.row, self.clock = row, clock

    def __enter__(self) -> None:
        return None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if kind is None:
            outbox.complete(self.row, self.clock())
            return False
        if not issubclass(kind, Exception):
            return False  # stopped by the operator: the lease runs out, another worker takes over
        fields = {"outbox": self.row.id, "kind": self.row.kind, "tries": self.row.tries + 1}
        log.error("work failed", exc_info=error, extra={"fields": fields})
        outbox.retry_later(self.row, kind.__name__, self.clock())
        return True


def run_once(app: Flask, now: datetime) -> int:
    """Do everything that is due at an instant, one row at a time, oldest first; how many were tried.

    One row a lease, counted from when it is taken: a slow mail server never lets the next lease run out.
    """
    began = time.monotonic()

    def clock() -> datetime:
        return now + timedelta(seconds=time.monotonic() - began)

    tried = 0
    while rows := outbox.lease(clock(), most=1):
        for row in rows:
            with _Attempt(row, clock):
                HANDLERS[row.kind](Work(app, row.id, row.payload, clock()))
            tried += 1
    return tried


def run(app: Flask, stop: threading.Event) -> None:
    """Work until told to stop; a database that is away is waited for.

    Raises `Unmigrated` on a database that lacks a migration: the same failure twice a second would tell nothing.
    """
    clock: Clock = app.extensions["clock"]
    swept = clock() - SWEEP_EVERY
    migrated = False
    while not stop.is_set():
        try:
            if not migrated:
                require_migrated()
                migrated = True
            with database.connection_context():
                if abs(clock() - swept) >= SWEEP_EVERY:  # a clock that is set back stops nothing
                    swept = clock()
                    sweep(app, swept)
                run_once(app, clock())
        except (OperationalError, InterfaceError) as error:
            log.error("database unavailable", exc_info=error)
        stop.wait(PAUSE_SECONDS)

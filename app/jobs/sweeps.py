"""The worker's periodic sweeps, run every minute."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import cast

from flask import Flask

from app.deployment import Gateways
from app.jobs.work import NEVER
from app.services import uploads
from app.services.applications import complements
from app.services.batch import run_isolated
from app.services.calendar import (
    appointment_reminders,
    card_reminders,
    desk_mail,
    end_of_rights_warnings,
    erasures,
    gateway_retries,
    opening_reminders,
    reminders,
    silences,
)
from app.services.certificates import attestations
from app.services.hiring import requests
from app.services.operations import delays, rights
from app.storage import outbox, retention

log = logging.getLogger(__name__)


Parts = dict[str, Callable[[], int]]


def calendar(now: datetime, stop: threading.Event = NEVER) -> None:
    """Do what dates require, with the database alone: extend rights, remind, count delays, delete expired rows.

    Running it twice has no further effect. It warns each minute while some work has failed: letters that are not sent
    must not go unnoticed for months.
    """
    _run(dated(now), stop)
    alarms(now)


def dated(now: datetime) -> Parts:
    """Return the parts of the calendar."""
    return {
        "extended": lambda: attestations.issue_due_extensions(now),
        "warned": lambda: end_of_rights_warnings.send_due(now),
        "awaited": lambda: complements.remind_due(now),
        "unsent": lambda: complements.remind_unsent(now),
        "reminded": lambda: reminders.send_due(now),
        "silent": lambda: silences.send_due(now),
        "uncollected": lambda: card_reminders.send_due(now),
        "meeting": lambda: appointment_reminders.send_due(now),
        "returning": lambda: opening_reminders.send_due(now),
        "hiring": lambda: requests.lapse_due(now),
        "desk": lambda: desk_mail.send_due(now),
        "delays": lambda: delays.count_due(now),
        "forgotten": lambda: retention.delete_expired(now),
    }


def alarms(now: datetime) -> None:
    """Warn of work that failed, and of certificates that are missing."""
    backlog = outbox.backlog()
    if backlog["failed"]:
        log.warning("work that failed is waiting", extra={"fields": backlog})
    if overdue := rights.overdue(now):
        log.warning(
            "certificates of extension should have been issued", extra={"fields": {"overdue": overdue}}
        )


def photos(app: Flask, now: datetime, stop: threading.Event = NEVER) -> None:
    """Ask again for the photos that had not arrived.

    Separate from the calendar: a photo desk that takes five seconds to answer, asked for a thousand photos, takes more
    than an hour.
    """
    _run(asked(app, now), stop)


def asked(app: Flask, now: datetime) -> Parts:
    """Return the parts that ask a gateway."""
    desk = cast(Gateways, app.extensions["gateways"]).ephoto
    return {"photos": lambda: gateway_retries.check_photos(desk, now)}


def erasing(app: Flask, now: datetime, stop: threading.Event = NEVER) -> None:
    """Erase with its files what is no longer kept, and pieces of files that never came whole.

    Separate, since the store of files may hang.
    """
    _run(over(app, now), stop)


def over(app: Flask, now: datetime) -> Parts:
    """Return the parts that erase."""
    files = cast(Gateways, app.extensions["gateways"]).files
    return {
        "erased": lambda: erasures.sweep(files, now),
        "not_arrived": lambda: uploads.sweep(files, now),
    }


def _run(parts: Parts, stop: threading.Event) -> None:
    """Run each part until `stop` is set; a part that fails does not stop the others."""
    done = {name: run_isolated(name, part) for name, part in parts.items() if not stop.is_set()}
    if any(done.values()):
        log.info("sweep", extra={"fields": done})

"""What the calendar asks for, looked for every minute."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from flask import Flask

from app.deployment import Gateways
from app.services.applications import complements
from app.services.batch import run_isolated
from app.services.calendar import end_of_rights_warnings, gateway_retries, opening_reminders, reminders
from app.services.certificates import attestations
from app.services.conversations import conversations
from app.services.operations import delays
from app.storage import outbox, retention

log = logging.getLogger(__name__)


def sweep(app: Flask, now: datetime) -> None:
    """Extend rights, remind, ask again for photos, count delays, forget what is stale; twice is as good as once."""
    outside = cast(Gateways, app.extensions["gateways"])
    parts: dict[str, Callable[[], int]] = {
        "extended": lambda: attestations.issue_due_extensions(now),
        "warned": lambda: end_of_rights_warnings.send_due(now),
        "awaited": lambda: complements.remind_due(now),
        "unsent": lambda: complements.remind_unsent(now),
        "reminded": lambda: reminders.send_due(now),
        "returning": lambda: opening_reminders.send_due(now),
        "delays": lambda: delays.count_due(now),
        "photos": lambda: gateway_retries.check_photos(outside.ephoto, now),
        "forgotten": lambda: retention.delete_expired(now),
        "questions_forgotten": lambda: conversations.delete_old(outside.files, now),
    }
    fields = {name: run_isolated(name, part) for name, part in parts.items()}
    if any(fields.values()):
        log.info("sweep", extra={"fields": fields})
    backlog = outbox.backlog()
    if backlog["failed"]:
        # Said every minute on purpose: letters that do not leave must not go unnoticed for months.
        log.warning("work that failed is waiting", extra={"fields": backlog})

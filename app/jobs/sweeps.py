"""What the calendar asks for, looked for every minute."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import cast

from flask import Flask

from app.deployment import Gateways
from app.services import (
    attestations,
    complements,
    conversations,
    delays,
    rechecks,
    reminders,
    returns,
    warnings,
)
from app.services.apart import attempt
from app.storage import outbox, retention

log = logging.getLogger(__name__)


def sweep(app: Flask, now: datetime) -> None:
    """Extend rights, remind, ask again for photos, count delays, forget what is stale; twice is as good as once."""
    outside = cast(Gateways, app.extensions["gateways"])
    parts: dict[str, Callable[[], int]] = {
        "extended": lambda: attestations.issue_due_extensions(now),
        "warned": lambda: warnings.send_due(now),
        "awaited": lambda: complements.remind_due(now),
        "unsent": lambda: complements.tell_unsent(now),
        "reminded": lambda: reminders.send_due(now),
        "returning": lambda: returns.send_due(now),
        "delays": lambda: delays.count_due(now),
        "photos": lambda: rechecks.check_photos(outside.ephoto, now),
        "forgotten": lambda: retention.forget(now),
        "questions_forgotten": lambda: conversations.forget_old(outside.files, now),
    }
    fields = {name: attempt(name, part) for name, part in parts.items()}
    if any(fields.values()):
        log.info("sweep", extra={"fields": fields})
    backlog = outbox.backlog()
    if backlog["failed"]:
        # Said every minute on purpose: letters that do not leave must not go unnoticed for months.
        log.warning("work that failed is waiting", extra={"fields": backlog})

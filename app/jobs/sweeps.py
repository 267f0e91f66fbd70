"""What the calendar asks for, looked for every minute."""

import logging
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
from app.storage import housekeeping, outbox

log = logging.getLogger(__name__)


def sweep(app: Flask, now: datetime) -> None:
    """Extend rights, remind, ask again for photos, count delays, forget what is stale; twice is as good as once."""
    outside = cast(Gateways, app.extensions["gateways"])
    fields = {
        "extended": attestations.issue_due_extensions(now),
        "warned": warnings.send_due(now),
        "awaited": complements.remind_due(now),
        "unsent": complements.tell_unsent(now),
        "reminded": reminders.send_due(now),
        "returning": returns.send_due(now),
        "delays": delays.count_due(now),
        "photos": rechecks.check_photos(outside.ephoto, now),
        "forgotten": housekeeping.forget(now) + conversations.forget_old(outside.files, now),
    }
    if any(fields.values()):
        log.info("sweep", extra={"fields": fields})
    backlog = outbox.backlog()
    if backlog["failed"]:
        # Said every minute on purpose: letters that do not leave must not go unnoticed for months.
        log.warning("work that failed is waiting", extra={"fields": backlog})

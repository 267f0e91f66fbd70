"""What the calendar asks for, looked for every minute."""

import logging
from datetime import datetime
from typing import cast

from flask import Flask

from app.deployment import Gateways
from app.services import attestations, rechecks
from app.storage import housekeeping

log = logging.getLogger(__name__)


def sweep(app: Flask, now: datetime) -> None:
    """Extend rights that end soon, ask again for photos, forget what is stale; twice is as good as once."""
    outside = cast(Gateways, app.extensions["gateways"])
    fields = {
        "extended": attestations.issue_due_extensions(now),
        "photos": rechecks.check_photos(outside.ephoto, now),
        "forgotten": housekeeping.forget(now),
    }
    if any(fields.values()):
        log.info("sweep", extra={"fields": fields})

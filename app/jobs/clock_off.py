"""A machine whose clock is off: stores refuse what it signs, so that its worker leaves that work to others."""

import logging
from datetime import timedelta
from typing import cast

from flask import Flask

from app.settings import Settings
from app.storage.outbox import Lane
from app.storage.shared_clock import SharedClock
from app.variables import EARLIER

log = logging.getLogger(__name__)

TOLD = timedelta(seconds=5)
SIGNED_WITHIN = timedelta(minutes=10)  # S3 and others refuse a request signed 15 minutes from their own time
NEED_THE_STORE = (Lane.OURS, Lane.SCANNED)


def off(app: Flask) -> timedelta:
    """Return by how much this machine's clock is ahead of the one that the service goes by."""
    clock = app.extensions["clock"]
    return clock.off() if isinstance(clock, SharedClock) else timedelta()


def would_be_refused(app: Flask, lane: Lane) -> bool:
    """Return whether the work of a lane needs a store that would refuse the signatures of this machine."""
    files_url = cast(Settings, app.extensions["settings"]).files_url
    folders = all(url.startswith("file:") for url in files_url.split(EARLIER))
    return lane in NEED_THE_STORE and not folders and abs(off(app)) > SIGNED_WITHIN


def tell(app: Flask) -> None:
    """Warn the operator while the clock is off."""
    if abs(ahead := off(app)) > TOLD:
        log.warning(
            "the clock of this machine is off", extra={"fields": {"seconds": round(ahead.total_seconds())}}
        )

"""A piece of work as its handler sees it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import Flask

from app.deployment import Gateways
from app.settings import Settings

NEVER = threading.Event()  # of what is not told to stop: a test, a command


@dataclass(frozen=True)
class Work:
    """One row of the outbox. A handler raises to have it tried again, and may be run twice for one row."""

    app: Flask
    id: int
    payload: dict[str, Any]
    now: datetime

    @property
    def gateways(self) -> Gateways:
        """The world outside."""
        return cast(Gateways, self.app.extensions["gateways"])

    @property
    def settings(self) -> Settings:
        """What the deployment chose."""
        return cast(Settings, self.app.extensions["settings"])


Handler = Callable[[Work], None]

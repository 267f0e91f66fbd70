"""A row of the outbox as its handler receives it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from flask import Flask

from app.deployment import Gateways
from app.settings import Settings

NEVER = threading.Event()  # for runs that are not interrupted: tests, commands


@dataclass(frozen=True)
class Work:
    """A row of the outbox. A handler raises to have it tried again, and may run twice for one row."""

    app: Flask
    id: int
    payload: dict[str, Any]
    now: datetime

    @property
    def gateways(self) -> Gateways:
        """The gateways of the deployment."""
        return cast(Gateways, self.app.extensions["gateways"])

    @property
    def settings(self) -> Settings:
        """The settings of the deployment."""
        return cast(Settings, self.app.extensions["settings"])


Handler = Callable[[Work], None]

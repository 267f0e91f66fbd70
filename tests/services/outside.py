"""Stand-ins for the world outside, where a test needs to see what reached it."""

from dataclasses import replace
from datetime import datetime

from flask import Flask

from app.gateways.mail import Mail
from app.jobs import sweeps
from app.storage.models import Outbox


class Post:
    """A mail server that keeps letters in a list."""

    def __init__(self) -> None:
        self.letters: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.letters.append(mail)


def with_gateways(app: Flask, **changes: object) -> None:
    """Put stand-ins where the world outside is."""
    app.extensions["gateways"] = replace(app.extensions["gateways"], **changes)


def only(kind: str) -> None:
    """Leave no other work."""
    Outbox.delete().where(Outbox.kind != kind).execute()


def sweep(app: Flask, now: datetime) -> None:
    """All that the worker looks for every minute, one after the other."""
    sweeps.calendar(now)
    sweeps.photos(app, now)
    sweeps.erasing(app, now)

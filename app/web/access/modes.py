"""What the service takes in now: everything, nothing but readings, or nothing at all; an operator says which."""

import threading
from typing import cast

from flask import Flask, request

from app.services.operations.modes import Mode, mode
from app.storage.database import UNAVAILABLE, connected

EVERY_SECONDS = 2.0
_PRESENT = "mode"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Of machines, and what error pages are drawn with.
ALWAYS = frozenset({"alive", "readiness", "figures", "static"})
# What whoever comes to fetch a receipt or a certificate sends.
TO_READ = frozenset(
    {
        "compte.sign_in",
        "compte.sign_out",
        "compte.follow",
        "compte.enter",
        "compte.passkey",
        "compte.enter_by_link",
        "attestations.verify",
        "instruction.sign_in",
        "instruction.second_factor",
        "instruction.passkey",
        "agents.recovery_code",
        "instruction.sign_out",
    }
)


class TakesNothingIn(Exception):
    """Raised for an act while the service can only be read; `closed` where not even that."""

    def __init__(self, closed: bool) -> None:
        super().__init__()
        self.closed = closed


def install(app: Flask) -> None:
    """Refuse what is not taken in."""
    app.extensions[_PRESENT] = Mode.OPEN

    @app.before_request
    def refuse() -> None:
        present = cast(Mode, app.extensions[_PRESENT])
        if present is Mode.OPEN or request.endpoint in ALWAYS:
            return
        if present is Mode.MAINTENANCE:
            raise TakesNothingIn(closed=True)
        if request.method not in SAFE and request.endpoint not in TO_READ:
            raise TakesNothingIn(closed=False)


def look(app: Flask) -> None:
    """Read what an operator set, and what time it is; without a database, go on as before."""
    try:
        with connected():
            app.extensions["clock"]()  # pages of health open no connection on which it could be asked
            app.extensions[_PRESENT] = mode()
    except UNAVAILABLE:
        return


def begin_looking(app: Flask) -> None:
    """Look again and again in a thread of its own: no request waits for it."""

    def keep() -> None:
        pause = threading.Event()
        while True:
            look(app)
            pause.wait(EVERY_SECONDS)

    threading.Thread(target=keep, name="mode", daemon=True).start()

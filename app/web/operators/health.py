"""The pages of health: life for balancers, readiness and figures for monitors."""

import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import Flask, Response, current_app

from app.deployment import Gateways
from app.gateways.antivirus import Scanner
from app.services.operations import state
from app.services.operations.files_health import Watch
from app.services.operations.modes import drained
from app.services.operations.state import Part
from app.variables import EARLIER
from app.web.current import gateways, now, settings
from app.web.operators import metrics
from app.web.operators.asking import is_operator, require_operator

FRESH_SECONDS = 5.0  # however many ask
_WATCH = "files_watch"
_LAST = "state"


@dataclass
class Last:
    """The state of the parts as it was found last, found anew by one thread when it is older than FRESH_SECONDS."""

    parts: list[Part] = field(default_factory=list)
    at: float = float("-inf")
    lock: threading.Lock = field(default_factory=threading.Lock)


def install(app: Flask, production: bool) -> None:
    """Add the pages. In production every file is refused where its examination is not confined."""

    def scanner() -> Scanner:
        return cast(Gateways, app.extensions["gateways"]).scanner

    app.extensions[_WATCH] = Watch(scanner, production)
    app.extensions[_LAST] = Last()

    @app.get("/healthz")
    def alive() -> tuple[dict[str, str], int]:
        """Answer a balancer: the process lives, with its database or without; 503 while it is drained."""
        return ({"status": "drained"}, 503) if drained() else ({"status": "ok"}, 200)

    @app.get("/readyz")
    def readiness() -> tuple[dict[str, object], int]:
        """Answer a monitor: 200 only while a person can file; each part by name to operators."""
        parts = present()
        ready = state.ready(parts)
        told: dict[str, object] = {"status": "ready" if ready else "not ready"}
        if is_operator():
            told["parts"] = {part.name: {"ok": part.ok, "says": part.says} for part in parts}
            told["confinement"] = watch(app).report().layers
        return told, 200 if ready else 503

    @app.get("/metrics")
    def figures() -> Response:
        """Give Prometheus the figures of this machine and of the whole service."""
        require_operator()
        text = metrics.text(present(), now())
        return Response(text, content_type=metrics.CONTENT_TYPE)

    metrics.install(app)


def present() -> list[Part]:
    """Return the state of the parts, at most FRESH_SECONDS old; while it is found, the one before."""
    last = cast(Last, current_app.extensions[_LAST])
    if last.lock.acquire(blocking=not last.parts):
        try:
            if time.monotonic() - last.at >= FRESH_SECONDS:
                last.parts, last.at = state.parts(_asked()), time.monotonic()
        finally:
            last.lock.release()
    return last.parts


def _asked() -> state.Asked:
    folders = [Path(tempfile.gettempdir())]
    for url in (*settings().files_url.split(EARLIER), settings().database_url):
        scheme, _, path = url.partition(":")
        folder = Path(path.removeprefix("//")).parent if scheme == "sqlite" else Path(path)
        if scheme in ("file", "sqlite") and folder.exists():
            folders.append(folder)
    return state.Asked(gateways().files, watch(current_app).report, folders, now())


def watch(app: Flask) -> Watch:
    """Return the watch over files of an application."""
    return cast(Watch, app.extensions[_WATCH])


def begin_watching(app: Flask) -> None:
    """Ask how files are examined at once, and regularly, in a thread of its own."""
    threading.Thread(target=watch(app).keep, name="files-watch", daemon=True).start()

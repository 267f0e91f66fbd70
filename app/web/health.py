"""The pages of health: for the balancer, and for monitors of what the web server alone does not show."""

import threading
from typing import cast

from flask import Flask

from app.deployment import Gateways
from app.gateways.antivirus import Scanner
from app.services.operations import rights
from app.services.operations.files_health import Watch
from app.storage.database import database
from app.web.current import now

_WATCH = "files_watch"


def install(app: Flask, production: bool) -> None:
    """Add the pages. In production every file is refused where its examination is not confined."""

    def scanner() -> Scanner:
        return cast(Gateways, app.extensions["gateways"]).scanner

    app.extensions[_WATCH] = Watch(scanner, production)

    @app.get("/sante")
    def health() -> dict[str, str]:
        """Answer a load balancer: the process runs and reaches its database."""
        database.execute_sql("SELECT 1")
        return {"status": "ok"}

    @app.get("/sante/attestations")
    def certificates_health() -> tuple[dict[str, str | int], int]:
        """Answer a monitor: 503 if a certificate of extension should have been issued and was not.

        Another address than the balancer's: the web server works, the worker does not.
        """
        overdue = rights.overdue(now())
        return ({"status": "late", "overdue": overdue}, 503) if overdue else ({"status": "ok"}, 200)

    @app.get("/sante/fichiers")
    def files_health() -> tuple[dict[str, object], int]:
        """Answer a monitor: 503 while files are refused, or while the scanner does not tell a bad one from a good one."""
        report = watch(app).report()
        told = {"problems": list(report.problems), "confinement": report.layers}
        if report.refuses or not report.scanner_tells:
            return {"status": "failing", **told}, 503
        return {"status": "unconfined" if report.missing else "ok", **told}, 200


def watch(app: Flask) -> Watch:
    """Return the watch over files of an application."""
    return cast(Watch, app.extensions[_WATCH])


def begin_watching(app: Flask) -> None:
    """Ask how files are examined at once, and regularly, in a thread of its own."""
    threading.Thread(target=watch(app).keep, name="files-watch", daemon=True).start()

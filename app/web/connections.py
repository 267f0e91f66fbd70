"""One pooled database connection for each request."""

from flask import Flask

from app.services.operations import rights
from app.storage.database import database
from app.web.current import now


def install(app: Flask) -> None:
    """Open a connection before each request, return it to the pool afterwards, and add the pages of health."""

    @app.before_request
    def open_connection() -> None:
        database.connect(reuse_if_open=True)

    @app.teardown_request
    def close_connection(error: BaseException | None) -> None:
        if not database.is_closed() and not app.testing:
            database.close()

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

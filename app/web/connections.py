"""A pooled database connection a request, given back when it ends."""

from flask import Flask

from app.storage.database import database


def install(app: Flask) -> None:
    """Open before the first query, give back after the answer."""

    @app.before_request
    def open_connection() -> None:
        database.connect(reuse_if_open=True)

    @app.teardown_request
    def give_back(error: BaseException | None) -> None:
        if not database.is_closed() and not app.testing:
            database.close()

    @app.get("/sante")
    def health() -> dict[str, str]:
        """For a load balancer: the process answers and reaches its database."""
        database.execute_sql("SELECT 1")
        return {"status": "ok"}

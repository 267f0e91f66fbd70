"""One pooled database connection for each request."""

from flask import Flask, request

from app.storage.database import database

# What answers without a database, or says what is the matter with it.
WITHOUT = frozenset({"alive", "readiness", "figures"})


def install(app: Flask) -> None:
    """Open a connection before each request, and return it to the pool afterwards."""

    @app.before_request
    def open_connection() -> None:
        if request.endpoint not in WITHOUT:
            database.connect(reuse_if_open=True)

    @app.teardown_request
    def close_connection(error: BaseException | None) -> None:
        if not database.is_closed() and not app.testing:
            database.close()

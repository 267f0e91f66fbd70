"""One pooled database connection for each request."""

from flask import Flask

from app.storage.database import database


def install(app: Flask) -> None:
    """Open a connection before each request, and return it to the pool afterwards."""

    @app.before_request
    def open_connection() -> None:
        database.connect(reuse_if_open=True)

    @app.teardown_request
    def close_connection(error: BaseException | None) -> None:
        if not database.is_closed() and not app.testing:
            database.close()

"""What gunicorn reads where it is started, before it loads `wsgi:app`."""

from app import logs, serving
from app.cli_refusals import settings_or_exit
from app.storage import database


def on_starting(server: object) -> None:
    """End before any process is made: gunicorn 27 raises an exception of its own when two of them refuse to load."""
    logs.configure()
    database.bind(settings_or_exit().database_url)
    serving.end_if_unmigrated()

"""What gunicorn reads where it is started, before it loads `wsgi:app`."""

from app import logs, serving
from app.settings import Settings
from app.storage import database


def on_starting(server: object) -> None:
    """End before any process is made: gunicorn 27 raises an exception of its own when two of them refuse to load."""
    logs.configure()
    database.bind(Settings.from_env().database_url)
    serving.end_if_unmigrated()

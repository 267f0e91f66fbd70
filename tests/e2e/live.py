"""The whole service in a process of its own: web server, worker and invented data, on a clock that a file sets.

Run by the browser stories: `python -m tests.e2e.live PORT CLOCK_FILE`, with its settings in the environment.
"""

import os
import sys
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from app import demonstration, jobs
from app.factory import create_app
from app.settings import Settings
from app.storage.database import database
from app.storage.models import Outbox
from tests.e2e.old_engines import Lowered
from tests.time_outs import lengthen


def clock_of(path: Path) -> datetime:
    """Return the instant that a file names, plus the time since it was written.

    The clock goes on: work that the worker posts is due some milliseconds after the instant its run began at.
    """
    with path.open() as file:
        moment = datetime.fromisoformat(file.read().strip())
        return moment + timedelta(seconds=max(0, time.time() - os.fstat(file.fileno()).st_mtime))


def main(port: int, clock_file: Path) -> None:
    """Serve until the process is ended."""
    lengthen(pytest.MonkeyPatch())
    app = create_app(Settings.from_env(), lambda: clock_of(clock_file))
    with database.connection_context():
        demonstration.seed(app)
        # A hundred letters and prints of invented people would come before the one that a story waits for.
        after = clock_of(clock_file) + timedelta(hours=1)
        Outbox.update(due_at=after).where(Outbox.due_at < after).execute()
    jobs.PAUSE_SECONDS = 0.1  # a story waits for its letters
    worker = threading.Thread(target=jobs.run, args=(app, threading.Event()), daemon=True)
    worker.start()
    server = make_server("127.0.0.1", port, Lowered(app), threaded=True)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

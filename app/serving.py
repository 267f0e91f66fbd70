"""Web server and worker as one command: both start together, and the end of either ends both."""

import logging
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

import click
from gunicorn.util import parse_address
from peewee import InterfaceError, OperationalError

from app.settings import ROOT, Settings
from app.storage.database import Unmigrated, require_migrated

log = logging.getLogger(__name__)

GRACE_SECONDS = 10
LOOK_SECONDS = 0.3
DOES_NOT_LOAD = 4  # gunicorn then ends, where after most other codes it starts the process again, for ever


def stop_on_signals() -> threading.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop


def end_if_unmigrated() -> None:
    """End this process of the web server, with a sentence, where the database lacks a migration.

    A database that is away is no reason: pages say that the service is unavailable until it is back.
    """
    try:
        require_migrated()
    except Unmigrated as refusal:
        click.echo(f"Refused: {refusal}", err=True)
        sys.exit(DOES_NOT_LOAD)
    except (InterfaceError, OperationalError) as error:
        log.error("database unavailable", exc_info=error)


def origin_of(bind: str) -> str:
    """Return the address at which a browser of this machine reaches a web server, or nothing where it is a file.

    Raises RuntimeError for a port that is none.
    """
    address = parse_address(bind)
    if not isinstance(address, tuple):
        return ""
    host, port = address
    if host in ("", "0.0.0.0", "::"):  # listening everywhere: no browser goes to such an address
        host = "127.0.0.1" if host != "::" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def web_command(bind: str, settings: Settings) -> list[str]:
    """Gunicorn. Each process builds its own application after the fork: nothing is preloaded."""
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", bind),
        *("--worker-class", "gthread", "--workers", str(settings.web_processes)),
        *("--threads", str(settings.web_threads)),
        *("--keep-alive", "20", "--no-control-socket", "--log-level", "warning", "wsgi:app"),
    ]


def worker_command() -> list[str]:
    """One worker."""
    return [sys.executable, "-m", "app.cli", "worker"]


def serve(bind: str, settings: Settings) -> int:
    """Run both until a signal comes; 0 then, 1 when one of them ended by itself."""
    stop = stop_on_signals()
    environment = {**os.environ, "ORIGIN": settings.origin}
    children = {
        "web server": subprocess.Popen(web_command(bind, settings), cwd=ROOT, env=environment),
        "worker": subprocess.Popen(worker_command(), cwd=ROOT, env=environment),
    }
    announce(bind, settings)
    ended = _watch(children, stop)
    for child in children.values():
        child.terminate()
    for child in children.values():
        _bury(child)
    if ended:
        click.echo(f"The {ended} ended by itself: see the lines above. Everything is stopped.", err=True)
    return 1 if ended else 0


def _watch(children: dict[str, subprocess.Popen[bytes]], stop: threading.Event) -> str:
    """Wait for a signal or the first child that ends, whose name is returned."""
    while not stop.wait(LOOK_SECONDS):
        for name, child in children.items():
            if child.poll() is not None:
                return name
    return ""


def _bury(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def announce(bind: str, settings: Settings) -> None:
    """Say where the service is, and who can sign in to a demonstration."""
    click.echo(f"\n{settings.operator}: {settings.origin}  (listening on {bind})")
    if settings.demonstration:
        from app import demonstration

        click.echo("\n".join(demonstration.summary(settings)))
    click.echo("Ctrl-C stops the web server and the worker.\n")

"""Web server and worker in one command: both start together, and the end of either ends both."""

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
DOES_NOT_LOAD = 4  # gunicorn's APP_LOAD_ERROR: it ends, instead of starting the process again for ever


def stop_on_signals() -> threading.Event:
    """Return an event that Ctrl-C and SIGTERM set."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ask)
    return stop


def end_if_unmigrated() -> None:
    """End this process of the web server with a message if the database lacks a migration.

    An unreachable database does not end it: pages answer 503 until the database is back.
    """
    try:
        require_migrated()
    except Unmigrated as refusal:
        click.echo(f"Refused: {refusal}", err=True)
        sys.exit(DOES_NOT_LOAD)
    except (InterfaceError, OperationalError) as error:
        log.error("database unavailable", exc_info=error)


def origin_of(bind: str) -> str:
    """Return the address of a web server for a browser of this machine; "" if `bind` is a Unix socket.

    Raise RuntimeError if the port is not a number.
    """
    address = parse_address(bind)
    if not isinstance(address, tuple):
        return ""
    host, port = address
    if host in ("", "0.0.0.0", "::"):  # all interfaces: not an address that a browser can open
        host = "127.0.0.1" if host != "::" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def web_command(bind: str, settings: Settings) -> list[str]:
    """Return the command of gunicorn.

    Without --preload: each process builds its application, with its own connections, after the fork.
    """
    return [
        *(sys.executable, "-m", "gunicorn", "--bind", bind),
        *("--worker-class", "gthread", "--workers", str(settings.web_processes)),
        *("--threads", str(settings.web_threads)),
        *("--keep-alive", "20", "--no-control-socket", "--log-level", "warning", "wsgi:app"),
    ]


def worker_command() -> list[str]:
    """Return the command of one worker."""
    return [sys.executable, "-m", "app.cli", "worker"]


def serve(bind: str, settings: Settings) -> int:
    """Run both until a signal and return 0; return 1 if one of them ended by itself."""
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
        _wait_or_kill(child)
    if ended:
        click.echo(f"The {ended} ended by itself: see the lines above. Everything is stopped.", err=True)
    return 1 if ended else 0


def _watch(children: dict[str, subprocess.Popen[bytes]], stop: threading.Event) -> str:
    """Wait for a signal or the end of a child; return the name of that child, "" for a signal."""
    while not stop.wait(LOOK_SECONDS):
        for name, child in children.items():
            if child.poll() is not None:
                return name
    return ""


def _wait_or_kill(child: subprocess.Popen[bytes]) -> None:
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def announce(bind: str, settings: Settings) -> None:
    """Print the address of the service, and the accounts of a demonstration."""
    click.echo(f"\n{settings.operator}: {settings.origin}  (listening on {bind})")
    if settings.demonstration:
        from app import demonstration

        click.echo("\n".join(demonstration.summary(settings)))
    click.echo("Ctrl-C stops the web server and the worker.\n")

"""Web server and worker in one command: both start together; a worker that ends is started again."""

import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType

import click

from app.settings import ROOT, Settings
from app.storage.database import UNAVAILABLE, Unmigrated, require_migrated

log = logging.getLogger(__name__)

GRACE_SECONDS = 4.0  # of all: a person notices not much less, an operator's supervisor waits for more
LOOK_SECONDS = 0.1
SOON_SECONDS = 5.0  # a web server killed sooner after its start is not started again; a worker waits so long
REFUSED = 2


class BadBind(Exception):
    """Raised for an address on which nothing can listen; the message says why."""


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
        sys.exit(REFUSED)
    except UNAVAILABLE as error:
        log.error("database unavailable", exc_info=error)


def address_of(bind: str) -> tuple[str, int] | str:
    """Return the host and port of `host:port`, `[v6]:port` or `:port`, or the path of `unix:path`."""
    if bind.startswith("unix:"):
        return bind.removeprefix("unix:")
    host, _, port = bind.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        raise BadBind(f"{port!r} is not a valid port number.")
    return host.strip("[]"), int(port)


def origin_of(bind: str) -> str:
    """Return the address of a web server for a browser of this machine; "" if `bind` is a Unix socket."""
    address = address_of(bind)
    if isinstance(address, str):
        return ""
    host, port = address
    if host in ("", "0.0.0.0", "::"):  # all interfaces: not an address that a browser can open
        host = "127.0.0.1" if host != "::" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def listen(bind: str) -> socket.socket:
    """Return a socket that listens, for all processes of the web server; BadBind if it cannot."""
    address = address_of(bind)
    try:
        if isinstance(address, str):
            if os.path.exists(address):
                os.unlink(address)
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(address)
        else:
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            listening = socket.create_server(address, family=family, backlog=socket.SOMAXCONN)
        listening.listen(socket.SOMAXCONN)
    except OSError as problem:
        raise BadBind(str(problem.strerror or problem).partition(" (")[0] + ".") from problem
    listening.setblocking(False)
    return listening


def web_command(listening: socket.socket, settings: Settings, target: str = "wsgi:app") -> list[str]:
    """Return the command of one process of the web server.

    Each builds its application, with its own connections: none is shared across a fork.
    """
    numbers = map(str, (listening.fileno(), os.getpid(), settings.web_threads))
    return [sys.executable, "-m", "app.web_server", *numbers, target]


def worker_command() -> list[str]:
    """Return the command of one worker."""
    return [sys.executable, "-m", "app.cli", "worker"]


@dataclass
class Child:
    """A process that is to run as long as this one, and how it is started."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    descriptors: tuple[int, ...] = ()
    again: bool = False  # after a kill from outside, as by a kernel without memory
    always: bool = False  # after any end but a refusal: the others do not need it to answer
    process: "subprocess.Popen[bytes]" = field(init=False)
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Start it, or start it again."""
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=self.environment, pass_fds=self.descriptors
        )

    def lives(self) -> bool:
        """Return whether it runs, or will: it is started again if it was killed, or whenever it ends."""
        code = self.process.poll()
        if code is None:
            return True
        old = time.monotonic() - self.began > SOON_SECONDS
        if self.always and code != REFUSED:
            if old:
                self._start_again(code)
            return True
        if self.again and code < 0 and old:
            self._start_again(code)
            return True
        return False

    def _start_again(self, code: int) -> None:
        how = {"signal": -code} if code < 0 else {"code": code}
        log.error("a process ended: it is started again", extra={"fields": {"process": self.name, **how}})
        self.start()


def serve(bind: str, settings: Settings, *, worker: bool = True) -> int:
    """Run the web server, and a worker with it, until a signal and return 0; 1 if one of them ended for good."""
    stop = stop_on_signals()
    with listen(bind) as listening, tempfile.TemporaryDirectory(prefix="guichet-figures-") as figures:
        # Where the processes add up what /metrics tells of this machine.
        environment = {**os.environ, "ORIGIN": settings.origin, "PROMETHEUS_MULTIPROC_DIR": figures}
        web, shared = web_command(listening, settings), (listening.fileno(),)
        children = [
            Child("web server", web, environment, shared, again=True) for _ in range(settings.web_processes)
        ]
        if worker:
            children.append(Child("worker", worker_command(), environment, always=True))
        announce(bind, settings)
        ended = _watch(children, stop)
        end(children)
    if ended:
        click.echo(f"The {ended} ended by itself: see the lines above. Everything is stopped.", err=True)
    return 1 if ended else 0


def _watch(children: Sequence[Child], stop: threading.Event) -> str:
    """Wait for a signal or the end of a child; return the name of that child, "" for a signal."""
    while not stop.wait(LOOK_SECONDS):
        for child in children:
            if not child.lives():
                return child.name
    return ""


def end(children: Sequence[Child]) -> None:
    """Ask all to end at once, and kill those that do not within the grace of all."""
    for child in children:
        child.process.terminate()
    ends = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.process.wait(max(ends - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()


def announce(bind: str, settings: Settings) -> None:
    """Print the address of the service, and the accounts of a demonstration."""
    click.echo(f"\n{settings.operator}: {settings.origin}  (listening on {bind})")
    if settings.demonstration:
        from app import demonstration

        click.echo("\n".join(demonstration.summary(settings)))
    click.echo("Ctrl-C stops the web server and the worker.\n")

"""The web server in this process, answering with a small application of each test."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest

from app import outside
from app.web_server.__main__ import make_server, serve
from app.web_server.deadlines import Deadlines

Application = Callable[[dict[str, Any], Callable[..., Any]], list[bytes]]
PATIENT = Deadlines(idle_seconds=100, head_seconds=100, pause_seconds=100)
SHORT = Deadlines(idle_seconds=0.4, head_seconds=0.4, bytes_a_second=1_000_000, pause_seconds=0.4)


@dataclass
class Running:
    """A server, and what ends it."""

    server: Any
    port: int
    stop: threading.Event

    def connect(self) -> socket.socket:
        """Return a new connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=100)

    def ask(self, head: str = "GET / HTTP/1.1", body: bytes = b"") -> bytes:
        """Send a request over a connection of its own, and return the whole answer."""
        with self.connect() as line:
            with suppress(ConnectionError):  # a refusal comes while we still send
                line.sendall(f"{head}\r\nHost: here\r\nConnection: close\r\n\r\n".encode() + body)
            return read_all(line)


def read_all(line: socket.socket) -> bytes:
    """Return what comes until the other end closes."""
    found = b""
    with suppress(ConnectionError):
        while part := line.recv(65536):
            found += part
    return found


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Running]]:
    """Start a server of an application, with so many threads."""
    running: list[tuple[Running, threading.Thread]] = []

    def begin(application: Application, threads: int = 1, deadlines: Deadlines = PATIENT) -> Running:
        listening = socket.create_server(("127.0.0.1", 0))
        listening.setblocking(False)
        monkeypatch.setattr(outside.Lender, "lent", outside.Lender.lent)  # given back afterwards
        server = make_server(application, listening, threads)
        server.deadlines, server.adj.cleanup_interval = deadlines, 0
        made = Running(server, listening.getsockname()[1], threading.Event())
        thread = threading.Thread(target=serve, args=(server, made.stop.is_set), daemon=True)
        thread.start()
        running.append((made, thread))
        return made

    yield begin
    for made, thread in running:
        made.stop.set()
        thread.join(100)
        made.server.task_dispatcher.shutdown()
        for channel in list(made.server.active_channels.values()):
            channel.handle_close()
        made.server.close()

"""A small HTTP server that answers as told and remembers what it was asked."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Desk:
    """What the next answer is, and every question so far."""

    url: str = ""
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    answers: Event = field(default_factory=Event)  # cleared: it hangs
    questions: list[Any] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)  # of each question

    def say(self, status: int, answer: Any = None, **headers: str) -> None:
        """Answer so from now on; bytes go out as they are."""
        self.status, self.headers = status, headers
        self.body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()


@contextmanager
def answering(context: ssl.SSLContext | None = None) -> Iterator[Desk]:
    """Run one until the block ends; under TLS with a context."""
    desk = Desk()
    desk.answers.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            desk.questions.append(json.loads(self.rfile.read(length)))
            desk.credentials.append(self.headers["Authorization"])
            desk.answers.wait()
            with suppress(ConnectionError):  # who asked has stopped waiting
                self.answer()

        def answer(self) -> None:
            self.send_response(desk.status)
            for name, value in desk.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(desk.body)))
            self.end_headers()
            self.wfile.write(desk.body)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if context:  # the handshake in the thread of the request: one that fails costs the others nothing
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    desk.url = f"{'https' if context else 'http'}://127.0.0.1:{server.server_port}/ask?v=1"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        desk.answers.set()
        server.shutdown()
        server.server_close()
        thread.join()

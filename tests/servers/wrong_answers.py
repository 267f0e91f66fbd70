"""What may answer in the place of a service: a hotel’s network, a proxy’s error, silence, a page without its end."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

PORTAL = b"<!doctype html><html lang=fr><title>Wi-Fi</title><h1>Acceptez les conditions</h1></html>"
Way = Literal["through", "portal", "error", "silence", "half"]
_OWN = {"connection", "transfer-encoding", "content-length"}


class Between(ThreadingHTTPServer):
    """Passes requests on to a port of this machine, or answers `way` in its place."""

    daemon_threads = True
    way: Way = "through"

    def __init__(self, to: int) -> None:
        self.to = to
        self.port: int
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port = int(self.server_address[1])


class _Handler(BaseHTTPRequestHandler):
    server: Between

    def do_GET(self) -> None:
        """Pass on, or answer wrongly."""
        way = self.server.way
        if way == "silence":
            self.server.over.wait()
            return
        status, headers, body = self._portal() if way == "portal" else self._passed_on()
        self.send_response(502 if way == "error" else status)
        for name, value in headers:
            if name.lower() not in _OWN:
                self.send_header(name, value)
        if way == "half":  # of no stated length, as some proxies send it on: nothing but its end is missing
            body = body.rpartition(b"</html>")[0]
        else:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    do_POST = do_GET  # noqa: N815 – the name that the library calls

    def _portal(self) -> tuple[int, list[tuple[str, str]], bytes]:
        return 200, [("Content-Type", "text/html; charset=utf-8")], PORTAL

    def _passed_on(self) -> tuple[int, list[tuple[str, str]], bytes]:
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        far = http.client.HTTPConnection("127.0.0.1", self.server.to)
        asked = dict(self.headers.items())
        if self.server.way == "half":
            asked["Accept-Encoding"] = "identity"
        far.request(self.command, self.path, sent, asked)
        answer = far.getresponse()
        return answer.status, answer.getheaders(), answer.read()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def between(to: int) -> Iterator[Between]:
    """Stand before a port of this machine, for as long as the block lasts."""
    server = Between(to)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()

"""HTTP load: requests as fast as they are answered, over kept connections."""

import http.client
import socket
import threading
import time
from dataclasses import dataclass

import brotli

from bench.servers import Server

CONNECTIONS = 4


@dataclass(frozen=True)
class Round:
    """The requests, seconds and processor seconds of a server in one round."""

    requests: int
    seconds: float
    processor: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds

    @property
    def cost(self) -> float:
        """Milliseconds of processor time per request."""
        return 1000 * self.processor / self.requests


# As a browser of today asks for a page that a link of ours leads to.
BROWSER = {"Accept-Encoding": "br", "Sec-Fetch-Site": "same-origin"}


@dataclass(frozen=True)
class Fetched:
    """An answer: its body decoded, and the bytes that it had on the line."""

    status: int
    body: bytes
    sent: int


def fetch(server: Server, path: str, cookie: str = "") -> Fetched:
    """Request a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request("GET", path, headers={**BROWSER, "Cookie": cookie} if cookie else BROWSER)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    decoded = brotli.decompress(body) if answer.getheader("Content-Encoding") == "br" else body
    return Fetched(answer.status, decoded, len(body))


def drive(server: Server, path: str, cookie: str, seconds: float) -> Round:
    """Request a page over CONNECTIONS connections for some seconds."""
    headers = "".join(f"{name}: {value}\r\n" for name, value in BROWSER.items())
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n{headers}\r\n".encode()
    counts: list[int] = []
    end = time.perf_counter() + seconds
    before = server.processor_seconds()
    threads = [
        threading.Thread(target=_request_repeatedly, args=(server.port, request, end, counts))
        for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Round(sum(counts), seconds, server.processor_seconds() - before)


def _request_repeatedly(port: int, request: bytes, end: float, counts: list[int]) -> None:
    done = 0
    with socket.create_connection(("127.0.0.1", port)) as connection:
        while time.perf_counter() < end:
            connection.sendall(request)
            _read_answer(connection)
            done += 1
    counts.append(done)


def _read_answer(connection: socket.socket) -> None:
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"unexpected answer: {head[:80]!r}")
    size = next(
        int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    )
    missing = size - len(body)
    while missing > 0:
        missing -= len(connection.recv(min(missing, 1 << 20)))

"""Bodies, threads, room and stop of the web server."""

import socket
import threading
from collections.abc import Callable

import pytest

from app import outside
from app.web.http.sizes import MAX_REQUEST_BYTES, MAX_TEXT_BYTES
from app.web_server import __main__ as web_server
from tests.waiting import until
from tests.web_server.conftest import Running, read_all
from tests.web_server.test_deadlines import hello

Start = Callable[..., Running]
TEXT = "Content-Type: application/x-www-form-urlencoded"
FILES = "Content-Type: multipart/form-data; boundary=edge"


def measured(environ: dict, start_response: Callable) -> list[bytes]:
    """Answer with the length announced, the bytes that came, and whether they are on the disk."""
    body = environ["wsgi.input"]
    try:
        kept = "disk" if body.fileno() else ""
    except OSError:
        kept = "memory"
    said = f"{environ.get('CONTENT_LENGTH', 0)} {len(body.read())} {kept}".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(said)))])
    return [said]


def answer(found: bytes) -> str:
    return found.partition(b"\r\n\r\n")[2].decode()


def test_a_large_body_is_on_the_disk(start: Start) -> None:
    body = b"x" * 3_000_000
    head = f"POST / HTTP/1.1\r\n{FILES}\r\nContent-Length: {len(body)}"
    assert answer(start(measured).ask(head, body)) == "3000000 3000000 disk"


def test_a_body_too_large_is_refused_before_it_came(start: Start) -> None:
    """By the application, which has words for it; and nothing of the body is taken for the next request."""
    running = start(measured)
    for kind, most in ((TEXT, MAX_TEXT_BYTES), (FILES, MAX_REQUEST_BYTES)):
        head = f"POST / HTTP/1.1\r\n{kind}\r\nContent-Length: {most + 1}"
        assert answer(running.ask(head)) == f"{most + 1} 0 memory"
        assert b"Connection: close" in running.ask(head)


def test_a_body_without_length_is_refused_when_it_is_too_large(start: Start) -> None:
    piece = b"%x\r\n%s\r\n" % (100_000, b"x" * 100_000)
    head = f"POST / HTTP/1.1\r\n{TEXT}\r\nTransfer-Encoding: chunked"
    length, came, _kept = answer(start(measured).ask(head, piece * 6)).split()
    assert int(length) > MAX_TEXT_BYTES
    assert came == "0"
    assert answer(start(measured).ask(head, piece + b"0\r\n\r\n")).startswith("100000 100000")


NEXT = b"GET /next HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "head",
    [
        f"Transfer-Encoding: chunked\r\nContent-Length: {len(NEXT) + 5}",
        f"Content-Length: {len(NEXT) + 5}\r\ntransfer-encoding: CHUNKED",
        f"Transfer-Encoding:\r\n chunked\r\nContent-Length: {len(NEXT) + 5}",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nHost: elsewhere",
        "Host: elsewhere",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_ends_its_connection(
    start: Start, head: str
) -> None:
    """Whatever a proxy took for its body is no request of ours."""
    running = start(hello)
    with running.connect() as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: here\r\n{TEXT}\r\n{head}\r\n\r\n0\r\n\r\n".encode() + NEXT)
        found = read_all(line)
    assert found.startswith(b"HTTP/1.1 400")
    assert found.count(b"HTTP/1.1") == 1


def test_a_request_names_its_host(start: Start) -> None:
    with start(hello).connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert read_all(line).startswith(b"HTTP/1.1 400")


def test_a_thread_that_waits_outside_is_lent(start: Start) -> None:
    """With one thread, and four requests that wait for a part that hangs, the fifth is answered."""
    heals = threading.Event()

    def waits(environ: dict, start_response: Callable) -> list[bytes]:
        if environ["PATH_INFO"] == "/outside":
            with outside.waiting():
                heals.wait(100)
        return hello({"PATH_INFO": "/"}, start_response)

    running = start(waits, threads=1)
    lines = [running.connect() for _ in range(4)]
    for line in lines:
        line.sendall(b"GET /outside HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    assert running.ask().endswith(b"xxxxx")
    heals.set()
    for line in lines:
        assert read_all(line).endswith(b"xxxxx")
        line.close()
    until(lambda: len(running.server.task_dispatcher.threads) == 1)


def test_a_balancer_is_answered_while_every_thread_waits(start: Start) -> None:
    """A database that is away holds them all: the process lives, and its machine is not to be taken out."""
    heals = threading.Event()

    def waits(environ: dict, start_response: Callable) -> list[bytes]:
        if environ["PATH_INFO"] == "/page":
            heals.wait(100)
        return hello({"PATH_INFO": "/"}, start_response)

    running = start(waits, threads=1)
    with running.connect() as line:
        line.sendall(b"GET /page HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        until(lambda: running.server.task_dispatcher.active_count == 1)
        assert running.ask("GET /healthz HTTP/1.1").endswith(b"xxxxx")
        heals.set()
        assert read_all(line).endswith(b"xxxxx")


def test_a_slow_reader_of_an_archive_keeps_no_thread(start: Start) -> None:
    def archive(environ: dict, start_response: Callable) -> list[bytes]:
        if environ["PATH_INFO"] == "/":
            return hello(environ, start_response)
        start_response("200 OK", [("Content-Type", "application/zip")])
        return (b"x" * 1_000_000 for _ in range(200))

    running = start(archive, threads=1)
    running.server.adj.outbuf_high_watermark = 2_000_000
    with running.connect() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(b"GET /archive HTTP/1.1\r\nHost: here\r\n\r\n")
        assert line.recv(10)
        assert running.ask().endswith(b"xxxxx")


def test_a_full_house_lets_go_of_whoever_waits_longest(start: Start) -> None:
    running = start(hello)
    running.server.most = 3
    lines = []
    for number in range(1, 4):
        lines.append(running.connect())
        until(lambda number=number: len(running.server.active_channels) == number)
    assert running.ask().endswith(b"xxxxx")
    assert read_all(lines[0]) == b"", "the first to come is the one that waits longest"
    lines[2].sendall(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    assert read_all(lines[2]).endswith(b"xxxxx")
    for line in lines:
        line.close()


def test_what_is_being_answered_is_answered_before_the_end(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_server, "GRACE_SECONDS", 100)
    begun, go_on = threading.Event(), threading.Event()

    def slow(environ: dict, start_response: Callable) -> list[bytes]:
        begun.set()
        go_on.wait(100)
        return hello(environ, start_response)

    running = start(slow)
    with running.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
        assert begun.wait(100)
        running.stop.set()
        until(lambda: not running.server.accepting)
        go_on.set()
        assert read_all(line).endswith(b"xxxxx")


def test_no_banner(start: Start) -> None:
    assert b"Server:" not in start(hello).ask()

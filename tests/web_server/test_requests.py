"""Bodies, threads, room and stop of the web server."""

import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress

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


NEXT = b"GET /next HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


def sent(running: Running, head: bytes, body: bytes = b"") -> bytes:
    """Send a head, a body and another request over one connection, and return all that comes back."""
    with running.connect() as line:
        with suppress(ConnectionError):
            line.sendall(head + b"\r\n\r\n" + body + NEXT)
        return read_all(line)


def refuses(found: bytes, status: int) -> None:
    """Fail unless the only answer is a refusal: whatever a proxy took for the body is no request of ours."""
    assert [int(one) for one in re.findall(rb"HTTP/1.[01] (\d+)", found)] == [status]


LONG = f"Content-Length: {len(NEXT) + 5}"


VERSIONS = pytest.mark.parametrize("version", ["1.1", "1.0"])


def posted(start: Start, version: str, head: str) -> bytes:
    """Send a form with a head that could be read in two ways, and an empty last chunk as its body."""
    begun = f"POST / HTTP/{version}\r\nHost: here\r\n{TEXT}\r\n{head}"
    return sent(start(hello), begun.encode(), b"0\r\n\r\n")


@VERSIONS
@pytest.mark.parametrize(
    "head",
    [
        "Transfer-Encoding: chunked",
        "TRANSFER-ENCODING: chunked",
        f"Transfer-Encoding: chunked\r\n{LONG}",
        f"{LONG}\r\ntransfer-encoding: CHUNKED",
        "Transfer-Encoding: chunked, chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip, chunked",
        f"Transfer-Encoding: identity\r\n{LONG}",
        "Transfer-Encoding: chunked\r\nHost: elsewhere",
    ],
)
def test_a_body_that_does_not_say_its_length_is_not_read(start: Start, version: str, head: str) -> None:
    refuses(posted(start, version, head), 411)


@VERSIONS
@pytest.mark.parametrize(
    "head",
    [
        f"Transfer-Encoding: \x0bchunked\r\n{LONG}",
        f"Transfer-Encoding\x00: chunked\r\n{LONG}",
        f"Transfer-Encoding : chunked\r\n{LONG}",
        f"X: y\nTransfer-Encoding: chunked\r\n{LONG}",
        f"Transfer-Encoding:\r\n chunked\r\n{LONG}",
        f"{LONG}\r\nContent-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: 0x5",
        f"Content-Length: {'0' * 5000}5",
        "Host: elsewhere",
        "X: folded\r\n line",
        "X: a\x01b",
        "X: a\x7fb",
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused(start: Start, version: str, head: str) -> None:
    refuses(posted(start, version, head), 400)


@pytest.mark.parametrize("address", ["http://[", "http://[::1", "http://[x]/", "http://\xff/"])
def test_an_address_that_is_none_is_answered(start: Start, address: str) -> None:
    """And not by a line in the log and a connection that ends, which a proxy tells as a server out of order."""
    refuses(sent(start(hello), f"GET {address} HTTP/1.1\r\nHost: here".encode("latin-1")), 400)


@pytest.mark.parametrize("blank", ["\t", " ", " \t"])
@pytest.mark.parametrize("last", ["a", "\x01", ""])
def test_a_head_of_blanks_is_refused_at_its_first_look(start: Start, blank: str, last: str) -> None:
    """Waitress reads it in quadratic time, in the thread that reads for everybody."""
    head = f"GET / HTTP/1.1\r\nHost: here\r\nX:{blank * 12_000}{last}"
    refuses(sent(start(hello), head.encode()), 400)


def test_blanks_as_clients_send_them_are_taken(start: Start) -> None:
    head = b"GET / HTTP/1.1\r\nHost: here\r\nX:  \t a  b\t \r\nY:\r\nConnection: close"
    assert sent(start(hello), head).endswith(b"xxxxx")


@pytest.mark.parametrize("begun", [b"5;a=", b"0\r\nX: "], ids=["extension", "trailer"])
def test_what_surrounds_chunks_is_not_gathered(start: Start, begun: bytes) -> None:
    """Extensions and trailers have no limit in waitress but that of the whole body, and are held in memory."""
    head = f"POST / HTTP/1.1\r\nHost: here\r\n{FILES}\r\nTransfer-Encoding: chunked"
    found = sent(start(hello), head.encode(), begun + b"x" * 3_000_000)
    assert not found or b" 411 " in found, "the rest of the body may cut the line before the answer is read"


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

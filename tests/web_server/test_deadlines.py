"""Whoever takes too long is let go; whoever is merely slow is not."""

import socket
from collections.abc import Callable

import pytest

from app.web_server.deadlines import Deadlines, Turn
from tests.waiting import until
from tests.web_server.conftest import PATIENT, SHORT, Running, read_all

Start = Callable[..., Running]
FORM = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"


def hello(environ: dict, start_response: Callable) -> list[bytes]:
    """Answer at once, with as much as is asked for."""
    content = b"x" * int(environ["PATH_INFO"].strip("/") or 5)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(content)))])
    return [content]


@pytest.mark.parametrize(
    "begin", [b"", b"GET / HTTP/1.1\r\nX-Slow: ", FORM], ids=["silent", "a head", "a body"]
)
def test_a_client_that_drips_is_let_go(start: Start, begin: bytes) -> None:
    with start(hello, deadlines=SHORT).connect() as line:
        line.sendall(begin)
        line.settimeout(0.05)

        def let_go() -> bool:
            try:
                if begin:
                    line.sendall(b"a")  # activity, but never enough
                return not line.recv(1)
            except TimeoutError:
                return False
            except ConnectionError:
                return True

        until(let_go, every=0.01)


def test_a_client_that_does_not_read_is_let_go(start: Start) -> None:
    running = start(hello)
    with running.connect() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(b"GET /20000000 HTTP/1.1\r\nHost: here\r\n\r\n")
        until(lambda: any(one.total_outbufs_len for one in list(running.server.active_channels.values())))
        running.server.deadlines = SHORT
        until(lambda: not running.server.active_channels)


def test_a_connection_that_is_kept_is_let_go_when_nothing_more_comes(start: Start) -> None:
    running = start(hello)
    with running.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n")
        until(lambda: line.recv(65536, socket.MSG_PEEK).endswith(b"xxxxx"))
        running.server.deadlines = SHORT
        assert read_all(line).endswith(b"xxxxx")


def test_a_request_that_we_work_on_has_no_deadline(start: Start) -> None:
    gone = []

    def slow(environ: dict, start_response: Callable) -> list[bytes]:
        running.server.deadlines = SHORT
        with running.connect() as another:  # by the time this one is let go, we would have been
            gone.append(read_all(another))
        running.server.deadlines = PATIENT
        return hello(environ, start_response)

    running = start(slow)
    assert running.ask().endswith(b"xxxxx")
    assert gone == [b""]


@pytest.mark.parametrize(
    ("turn", "seconds", "moved", "over"),
    [
        (Turn.OURS, 10_000, 0, False),
        (Turn.IDLE, 19, 0, False),
        (Turn.IDLE, 21, 0, True),
        (Turn.HEAD, 9, 0, False),
        (Turn.HEAD, 11, 8000, True),
        (Turn.BODY, 25, 25, True),  # a byte a second
        (Turn.BODY, 120, 120 * 1500, False),  # the worst telephone
        (Turn.BODY, 19, 0, False),  # a tunnel
        (Turn.BODY, 90, 100_000, False),  # a tunnel on the way
        (Turn.BODY, 3601, 50_000_000, True),
        (Turn.READING, 25, 25, True),
        (Turn.READING, 25, 50_000, False),
    ],
)
def test_what_is_too_long(turn: Turn, seconds: float, moved: int, over: bool) -> None:
    assert Deadlines().over(turn, seconds, moved) is over

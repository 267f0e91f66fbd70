"""Calls of what is outside this process, which hold none of the people that do not need it (ADR 0022).

A part that hangs is asked by a few at a time, then not at all for a while; the others are told at once. The thread that
waits is lent meanwhile: the web server puts another in its place.
"""

import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

AT_ONCE = 5  # calls of one part, in one process
FAILURES = 3  # slow ones, one after the other, before a part is left alone
REST_SECONDS = 20.0
SLOW_SECONDS = 1.0  # a part that refuses sooner costs nothing: it is asked each time, and heals at once

_log = logging.getLogger(__name__)


class Away(Exception):
    """Raised at once instead of waiting for a part that hangs, or that too many wait for."""


class Lender:
    """What puts another thread in the place of one that waits: nothing, until a web server says so."""

    lent: Callable[[], AbstractContextManager[None]] = staticmethod(contextlib.nullcontext)


def lend_threads(lent: Callable[[], AbstractContextManager[None]]) -> None:
    """Enter `lent` around every wait of this process from now on."""
    Lender.lent = staticmethod(lent)


def waiting() -> AbstractContextManager[None]:
    """Return the context in which a thread waits for something that is not this process."""
    return Lender.lent()


@dataclass
class Part:
    """One part outside: how many are asking it now, and whether it is worth asking."""

    name: str
    at_once: int = AT_ONCE
    failures: int = FAILURES
    rest_seconds: float = REST_SECONDS
    slow_seconds: float = SLOW_SECONDS
    clock: Callable[[], float] = time.monotonic
    asking: int = 0
    slow_in_a_row: int = 0
    asked_again_at: float | None = None  # of a part left alone; one caller tries it then
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Ask the part in this block; Away at once if it hangs, or if too many ask it already."""
        self._begin()
        began, slow = self.clock(), True
        try:
            with waiting():
                yield
            slow = False
        except Exception:
            slow = self.clock() - began >= self.slow_seconds
            raise
        finally:
            self._end(slow)

    def _begin(self) -> None:
        with self.lock:
            if self.asking >= self.at_once:
                raise Away(f"{self.name}: {self.asking} wait for it")
            if self.asked_again_at is not None:
                if self.clock() < self.asked_again_at:
                    raise Away(f"{self.name}: hangs")
                # The others go on being told so until this one knows.
                self.asked_again_at = self.clock() + self.rest_seconds
            self.asking += 1

    def _end(self, slow: bool) -> None:
        with self.lock:
            self.asking -= 1
            if not slow:
                if self.asked_again_at is not None:
                    _log.info("a part answers again", extra={"fields": {"part": self.name}})
                self.slow_in_a_row, self.asked_again_at = 0, None
                return
            self.slow_in_a_row += 1
            if self.slow_in_a_row >= self.failures:
                if self.asked_again_at is None:
                    _log.warning("a part hangs", extra={"fields": {"part": self.name}})
                self.asked_again_at = self.clock() + self.rest_seconds


@contextmanager
def cut_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    """Shut a connection down if this block takes longer, so that it fails as for any other end of the line.

    A time-out of a socket counts from one byte to the next: a part that drips would hold a caller for hours.
    """
    timer = threading.Timer(seconds, _shut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Not the method of a TLS socket, which takes the encryption off under the thread that reads.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)

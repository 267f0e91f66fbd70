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

AT_ONCE = 5  # calls of one part, in one process; as many wait for one of them to end
PATIENCE_SECONDS = 1.0  # of those
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
    patience_seconds: float = PATIENCE_SECONDS
    failures: int = FAILURES
    rest_seconds: float = REST_SECONDS
    slow_seconds: float = SLOW_SECONDS
    lends: bool = True  # its thread while it waits; not where the other thread would need the same part
    clock: Callable[[], float] = time.monotonic
    asking: int = 0
    queuing: int = 0
    slow_in_a_row: int = 0
    asked_again_at: float | None = None  # of a part left alone; one caller tries it then
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Ask the part in this block; Away at once if it hangs, or if too many ask it already."""
        with waiting() if self.lends else contextlib.nullcontext():
            self._begin()
            began, slow = self.clock(), True
            try:
                yield
                slow = False
            except Exception:  # any: it is raised again; only how long it took is counted
                slow = self.clock() - began >= self.slow_seconds
                raise
            finally:
                self._end(slow)

    def _begin(self) -> None:
        with self.changed:
            self._not_while_it_hangs()
            if self.asking >= self.at_once:
                self._queue()
                self._not_while_it_hangs()
            if self.asked_again_at is not None:
                # The others go on being told that it hangs until this one knows.
                self.asked_again_at = self.clock() + self.rest_seconds
            self.asking += 1

    def _not_while_it_hangs(self) -> None:
        if self.asked_again_at is not None and self.clock() < self.asked_again_at:
            raise Away(f"{self.name} hangs")

    def _queue(self) -> None:
        """Wait for one of the calls to end: a burst is no reason to refuse anybody."""
        if self.queuing >= self.at_once:
            raise Away(f"{self.name} has too much to do")
        self.queuing += 1
        try:
            if not self.changed.wait_for(lambda: self.asking < self.at_once, self.patience_seconds):
                raise Away(f"{self.name} has too much to do")
        finally:
            self.queuing -= 1

    def _end(self, slow: bool) -> None:
        with self.changed:
            self.asking -= 1
            self.changed.notify()
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


def was_away(error: BaseException | None) -> bool:
    """Return whether an error comes from a part that was not asked, see `Away`."""
    while error is not None:
        if isinstance(error, Away):
            return True
        error = error.__cause__
    return False


@contextmanager
def cut_after(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Shut the present connection down if this block takes longer, and raise TimeoutError if it does not fail by that.

    A time-out of a socket counts from one byte to the next: a part that drips would hold a caller for hours.
    """
    cut = threading.Event()

    def shut() -> None:
        cut.set()
        with contextlib.suppress(OSError):
            if found := connection():
                # Not the method of a TLS socket, which takes the encryption off under the thread that reads.
                socket.socket.shutdown(found, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
        if cut.is_set():  # an answer that ends where the line does would be believed
            raise TimeoutError
    finally:
        timer.cancel()

"""The threads that answer: as many as are wanted, one more for each that waits outside, and one for the balancer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waitress.task import ThreadedTaskDispatcher

LIFE = "/healthz"  # asked by balancers; needs no database


class Threads(ThreadedTaskDispatcher):
    """The threads of a process; `most` of them at any time, since each has a connection to the database."""

    def __init__(self, wanted: int, most: int) -> None:
        super().__init__()
        self.wanted, self.most = wanted, most
        self.waiting = 0
        self.counting = threading.Lock()
        # While a database is away all others may wait for it: a balancer that waited with them would find no machine.
        self.life = ThreadedTaskDispatcher()
        self.life.set_thread_count(1)
        self._adjust(0)

    def add_task(self, task: Any) -> None:
        """Have a request answered by the next thread that is free, or by that of life."""
        (self.life.add_task if task.asks(LIFE) else super().add_task)(task)

    def shutdown(self, cancel_pending: bool = True, timeout: int = 5) -> bool:
        """End all threads."""
        self.life.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Put another thread in the place of this one while the block lasts, which waits for something outside."""
        self._adjust(1)
        try:
            yield
        finally:
            self._adjust(-1)

    def _adjust(self, more: int) -> None:
        with self.counting:
            self.waiting += more
            self.set_thread_count(min(self.wanted + self.waiting, self.most))

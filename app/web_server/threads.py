"""The threads that answer: as many as are wanted, and one more for each that waits for something outside."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from waitress.task import ThreadedTaskDispatcher


class Threads(ThreadedTaskDispatcher):
    """The threads of a process; `most` of them at any time, since each has a connection to the database."""

    def __init__(self, wanted: int, most: int) -> None:
        super().__init__()
        self.wanted, self.most = wanted, most
        self.waiting = 0
        self.counting = threading.Lock()
        self._adjust(0)

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

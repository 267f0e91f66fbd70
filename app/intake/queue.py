"""Places in the examination of files: a file made to take long gives way to the others.

A file is quick until it has used half a second of processor. Then it leaves its place among the quick ones to the next
and goes on with what they leave of the processor (`zygote`), in a smaller number: where there are too many, the oldest
is given up. The time that passes on a busy machine does not count.
"""

import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.intake.processor import processor_seconds

QUICK = 2  # files that are quick; each may take the memory and the processor of confinement.py
QUICK_SECONDS = 0.5  # of processor; an honest photo takes less
LONG = 2  # files that take longer
WAITING = 6  # callers that wait for a place among the quick ones; more are told to come back
OF_A_SOURCE = 2  # in examination or waiting: an account, or an address of the network


@dataclass(eq=False)
class Place:
    """The place of one file."""

    grow_old: Callable[["Place"], None] = lambda place: None
    process: int = 0  # that examines it
    old: bool = False
    given_up: bool = False

    def still_mine(self) -> bool:
        """Return whether the examination may go on; note that it takes long once it does."""
        if not self.old and processor_seconds(self.process) > QUICK_SECONDS:
            self.old = True
            self.grow_old(self)
        return not self.given_up


@dataclass
class Queue:
    """The places, the callers that wait for one, and how many each source has."""

    quick: int = QUICK
    long: int = LONG
    waiting: int = WAITING
    of_a_source: int = OF_A_SOURCE
    sources: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    places: threading.Semaphore = field(init=False)
    aged: deque[Place] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.places = threading.Semaphore(self.quick)

    @contextmanager
    def place(self, source: str, seconds: float) -> Iterator[Place | None]:
        """Yield a place, None if there is none within `seconds`; an empty source has no limit of its own."""
        if not self._join(source):
            yield None
            return
        place = Place(self._grow_old) if self.places.acquire(timeout=seconds) else None
        try:
            yield place
        finally:
            if place:
                self._free(place)
            self._leave(source)

    def _join(self, source: str) -> bool:
        with self.lock:
            full = self.sources.total() >= self.quick + self.long + self.waiting
            if full or (source and self.sources[source] >= self.of_a_source):
                return False
            self.sources[source] += 1
            return True

    def _grow_old(self, place: Place) -> None:
        with self.lock:
            self.aged.append(place)
            if len(self.aged) > self.long:
                self.aged.popleft().given_up = True
        self.places.release()

    def _free(self, place: Place) -> None:
        if not place.old:
            self.places.release()
            return
        with self.lock:
            if place in self.aged:
                self.aged.remove(place)

    def _leave(self, source: str) -> None:
        with self.lock:
            self.sources[source] -= 1
            self.sources += Counter()  # forgets the sources that have none

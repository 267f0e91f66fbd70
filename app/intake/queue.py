"""Places in the examination of files: a file made to take long gives way to the others, and so does its sender.

A file is quick until it has used half a second of processor. Then it leaves its place among the quick ones to the next
and goes on with what they leave of the processor (`zygote`), in a smaller number: where there are too many, the oldest
is given up. A source takes no quick place while one of its files takes long, nor half a minute after: its next ones
wait for a long one, so that the first files of everybody else find the quick places free. The time that passes on a
busy machine does not count.

Pictures that cannot take long (`stated_cost`) have places and a line of their own: a person's first photo does not wait
until the first files of strangers have shown what they are.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.intake.processor import processor_seconds

QUICK = 2  # files that are quick; each may take the memory and the processor of confinement.py
QUICK_SECONDS = 0.5  # of processor; an honest photo takes less
LONG = 2  # files that take longer
CHEAP = 2  # pictures that cannot take long
WAITING = 6  # callers that wait for a place, in each of the two lines; more are told to come back
OF_A_SOURCE = 2  # in examination or waiting: an account, or an address of the network
# Seconds of processor that long files of a source used lately: more, and it waits for a long place. One is enough.
DEAR_SECONDS = QUICK_SECONDS / 2
HALF_SECONDS = 30.0  # after which what it used counts half


@dataclass(eq=False)
class Place:
    """The place of one file."""

    grow_old: Callable[["Place"], None] = lambda place: None
    source: str = ""
    cheap: bool = False
    process: int = 0  # that examines it
    old: bool = False
    given_up: bool = False
    used: float = 0.0  # seconds of processor, when it was last looked at

    def still_mine(self) -> bool:
        """Return whether the examination may go on; note that it takes long once it does."""
        self.used = max(self.used, processor_seconds(self.process))
        if not self.old and self.used > QUICK_SECONDS:
            self.old = True
            self.grow_old(self)
        return not self.given_up


@dataclass
class Queue:
    """The places, the callers that wait for one, and how many each source has."""

    quick: int = QUICK
    long: int = LONG
    cheap: int = CHEAP
    waiting: int = WAITING
    of_a_source: int = OF_A_SOURCE
    sources: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    lines: Counter[bool] = field(default_factory=Counter)  # in examination or waiting; True: cheap ones
    places: dict[bool, threading.Semaphore] = field(init=False)
    freed: threading.Condition = field(init=False)
    aged: deque[Place] = field(default_factory=deque)
    used: dict[str, tuple[float, float]] = field(default_factory=dict)  # by source: seconds, and when
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self.places = {False: threading.Semaphore(self.quick), True: threading.Semaphore(self.cheap)}
        self.freed = threading.Condition(self.lock)

    @contextmanager
    def place(self, source: str, seconds: float, cheap: bool = False) -> Iterator[Place | None]:
        """Yield a place, None if there is none within `seconds`; an empty source has no limit of its own."""
        if not self._join(source, cheap):
            yield None
            return
        dear = not cheap and self._is_dear(source)
        place = self._long(source, seconds) if dear else self._quick(source, seconds, cheap)
        try:
            yield place
        finally:
            if place:
                self._free(place)
                if place.old:
                    self._charge(source, place.used)
            self._leave(source, cheap)

    def _quick(self, source: str, seconds: float, cheap: bool) -> Place | None:
        found = self.places[cheap].acquire(timeout=seconds)
        return Place(self._grow_old, source, cheap) if found else None

    def _long(self, source: str, seconds: float) -> Place | None:
        with self.freed:
            if not self.freed.wait_for(lambda: len(self.aged) < self.long, seconds):
                return None
            place = Place(source=source, old=True)
            self.aged.append(place)
            return place

    def _join(self, source: str, cheap: bool) -> bool:
        with self.lock:
            room = self.waiting + (self.cheap if cheap else self.quick + self.long)
            full = self.lines[cheap] >= room
            if full or (source and self.sources[source] >= self.of_a_source):
                return False
            self.sources[source] += 1
            self.lines[cheap] += 1
            return True

    def _grow_old(self, place: Place) -> None:
        with self.lock:
            self.aged.append(place)
            if len(self.aged) > self.long:
                self.aged.popleft().given_up = True
        self.places[place.cheap].release()

    def _free(self, place: Place) -> None:
        if not place.old:
            self.places[place.cheap].release()
            return
        with self.freed:
            if place in self.aged:
                self.aged.remove(place)
            self.freed.notify()

    def _leave(self, source: str, cheap: bool) -> None:
        with self.lock:
            self.lines[cheap] -= 1
            self.sources[source] -= 1
            self.sources += Counter()  # forgets the sources that have none

    def _is_dear(self, source: str) -> bool:
        with self.lock:
            under_way = any(place.source == source for place in self.aged)
            return bool(source) and (under_way or self._lately(source) > DEAR_SECONDS)

    def _charge(self, source: str, used: float) -> None:
        with self.lock:
            self.used[source] = self._lately(source) + used, self.clock()
            for known in [source for source in self.used if self._lately(source) < QUICK_SECONDS / 10]:
                del self.used[known]

    def _lately(self, source: str) -> float:
        """Return the seconds of processor that a source used, less with the time that has passed."""
        used, at = self.used.get(source, (0.0, 0.0))
        return used * 0.5 ** ((self.clock() - at) / HALF_SECONDS)

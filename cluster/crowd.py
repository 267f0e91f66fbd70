"""Everybody of a trial at once: students, holders of visas and officers, one after the other in each place."""

import itertools
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cluster import people, seeding
from cluster.people import Town
from cluster.visitor import GivenUp

STUDENTS, VISAS, OFFICERS = 4, 2, 2  # at a time, where nothing else is said
SEEDED = 1200  # of each


@dataclass
class Crowd:
    """Everybody at once, one after the other in each place."""

    town: Town
    students: int = STUDENTS
    visas: int = VISAS
    threads: list[threading.Thread] = field(default_factory=list)
    leaving: threading.Event = field(default_factory=threading.Event)

    def come(self) -> None:
        """Begin."""
        numbers = itertools.count(1)
        for _place in range(self.students):
            self._begin(
                self._again,
                lambda number: people.student(self.town, seeding.student(number), number),
                numbers,
            )
        holders = itertools.count(1)
        for _place in range(self.visas):
            self._begin(
                self._again, lambda number: people.visa_holder(self.town, seeding.visa(number)), holders
            )
        for number in range(1, OFFICERS + 1):
            self._begin(self._safely, f"officer {number}", people.officer, self.town, number)

    def go(self) -> None:
        """Let everybody end what they began, the officers last."""
        self.leaving.set()
        for thread in self.threads[: self.students + self.visas]:
            thread.join()
        self.town.stop.set()
        for thread in self.threads:
            thread.join()

    def _begin(self, act: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=act, args=given, daemon=True)
        self.threads.append(thread)
        thread.start()

    def _again(self, act: Callable[[int], None], numbers: Iterator[int]) -> None:
        while not self.leaving.is_set() and (number := next(numbers)) <= SEEDED:
            self._safely(f"person {number}", act, number)

    def _safely(self, who: str, act: Callable[..., None], *given: object) -> None:
        try:
            act(*given)
        except GivenUp as why:
            self.town.journal.trouble.append(f"{who}: {why}")
        except Exception as error:  # a fault of the trial itself counts as one
            self.town.journal.trouble.append(f"{who}: {type(error).__name__} {error}")

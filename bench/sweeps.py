"""The worker's sweeps and reminders over crowds of several sizes, with the same number of rows due in each.

What a crowd has due at first is done once, but for a few rows of each kind, as many in every size. The transaction of
each turn is rolled back, so that the next one finds the same. What changes from size to size is what is not due.
Processor time is compared, of the worker and of its database: other programs on the machine change it little.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from peewee import Database

from app.domain.rules.calendar import paris_day
from app.factory import create_app
from app.jobs import sweeps
from app.services import batch
from app.services.calendar import reminders
from app.settings import Settings
from app.storage import database, operating
from app.storage.models import Outbox
from app.storage.postgres import BoundedPostgres
from bench.crowds import ENGINES, FOLDER, NOW, SIZES, key, served
from bench.table import Line

ROUNDS = 15
GOAL = 1.5
EVERY = 10**9
DAILY = {"reminded": reminders.TASK}  # what asks until nothing is left, then not before the next day
DUE = 5  # rows of a kind that stay due, or as many as the smallest crowd has


@dataclass
class Worker:
    """A worker on a crowd, whose turns count the rows that they were given."""

    app: Flask
    opened: Database
    given: Counter[str] = field(default_factory=Counter)
    done: int = 0

    def parts(self) -> Mapping[str, Callable[[], object]]:
        """Return everything that a worker does each minute."""
        return {
            **sweeps.dated(NOW),
            **sweeps.asked(self.app, NOW),
            **sweeps.over(self.app, NOW),
            "alarms": lambda: sweeps.alarms(NOW),
        }

    @contextmanager
    def bound(self) -> Iterator[None]:
        """Use this crowd in the block."""
        database.database.initialize(self.opened)
        with self.opened.connection_context():
            yield

    def milliseconds(self, name: str, over: str = "") -> float:
        """Do one part and take it back; return the processor time that it took. A task of a day may be `over` already."""
        with self.bound(), self.opened.atomic() as turn:
            if over:
                operating.set_over(over, paris_day(NOW))
            server = self._server()
            began = _used(server)
            self.parts()[name]()
            took = _used(server) - began
            turn.rollback()
        return 1000 * took

    def _server(self) -> Path | None:
        """Return where the kernel counts the time of the server's process behind this connection; None without one."""
        if not isinstance(self.opened, BoundedPostgres):
            return None
        ((pid,),) = self.opened.execute_sql("SELECT pg_backend_pid()").fetchall()
        return Path(f"/proc/{pid}/schedstat")

    @contextmanager
    def leaving(self, few: Mapping[str, int]) -> Iterator[None]:
        """Count the rows that are due by kind; the first `few` of a kind stay as they are."""
        present = batch.run_isolated

        def counted(label: str, function: Callable[[], int], **fields: Any) -> int:
            self.given[label] += 1
            if self.given[label] <= few.get(label, EVERY):
                return 0
            done = present(label, function, **fields)
            self.done += bool(done)
            return done

        self.given.clear()
        self.done = 0
        batch.run_isolated = counted
        try:
            yield
        finally:
            batch.run_isolated = present

    def due(self) -> Counter[str]:
        """Return how many rows are due, by kind."""
        with self.bound(), self.leaving({}):
            for part in self.parts().values():
                part()
        return Counter(self.given)

    def settle(self, few: Mapping[str, int]) -> None:
        """Do what is due but for `few` rows of each kind, and what that asked of the outbox."""
        for name in self.parts():
            self.done = 1
            while self.done:  # a part asks for some hundred rows at a time
                with self.bound(), self.leaving(few), self.opened.atomic():
                    self.parts()[name]()
        with self.bound():
            Outbox.delete().execute()
            self.opened.execute_sql("ANALYZE")


def _used(server: Path | None) -> float:
    """Return the processor seconds of this process, and of its server."""
    return time.process_time() + (int(server.read_text().split()[0]) / 1e9 if server else 0)


def growth() -> list[Line]:
    """Return, for every part and engine, how much longer it takes with more dossiers; sizes take turns."""
    lines: list[Line] = []
    for engine in ENGINES:
        with served(engine) as addresses:
            workers = {size: _worker(address) for size, address in addresses.items()}
            _settled(engine, workers)
            for name in workers[SIZES[0]].parts():
                lines += _compared(engine, name, workers)
            for worker in workers.values():
                worker.opened.close_all()
    return lines


def _worker(url: str) -> Worker:
    app = create_app(replace(Settings.from_env(), database_url=url), lambda: NOW)
    # Bound anew, as a worker does: its statements may take longer than those of a page.
    return Worker(app, database.bind(url))


def _settled(engine: str, workers: Mapping[int, Worker]) -> None:
    """Bring each crowd to as few rows due as the smallest, which a marker file records; refuse where they differ."""
    kinds = {label for worker in workers.values() for label in worker.due()}
    first = workers[SIZES[0]].due()
    few = {label: min(DUE, first[label]) for label in kinds}
    for size, worker in workers.items():
        mark = FOLDER / f"{key()}-{engine}-{size}.settled"
        if not mark.exists():
            print(f"  doing what {size} dossiers have due, {engine}…", flush=True)
            worker.settle(few)
            mark.touch()
    found = {size: worker.due() for size, worker in workers.items()}
    print(f"  due, {engine}: {found}", flush=True)


def _compared(engine: str, name: str, workers: Mapping[int, Worker]) -> Iterator[Line]:
    """Yield how each size compares; of a task of a day, its question by itself, whose goal is the number of dossiers."""
    task = DAILY.get(name, "")
    yield from _lines(engine, name, workers, task)
    if task:
        yield from _lines(engine, name, workers)


def _lines(engine: str, name: str, workers: Mapping[int, Worker], over: str = "") -> Iterator[Line]:
    took: dict[int, list[float]] = {size: [] for size in workers}
    for _round in range(ROUNDS):
        for size, worker in workers.items():
            took[size].append(worker.milliseconds(name, over))
    best = {size: min(times) for size, times in took.items()}
    once = name in DAILY and not over
    for size in SIZES[1:]:
        ratio = best[size] / best[SIZES[0]]
        what = f"{engine}, {name}{' once a day' * once}: {size} dossiers beside {SIZES[0]} ({best[SIZES[0]]:.1f} ms)"
        goal = size / SIZES[0] if once else GOAL
        yield Line(what, f"≤ {goal:g}", ratio, ratio <= goal)

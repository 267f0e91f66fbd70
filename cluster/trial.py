"""`make test-cluster`: parts killed and frozen at random instants while people file, pay and decide."""

import argparse
import itertools
import random
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import obstore
from obstore.store import S3Store

from app.reference import communes
from app.settings import ROOT, Settings
from cluster import checker, database, faults, objects, people, seeding
from cluster.layout import Layout, Refused
from cluster.people import Town
from cluster.supervisor import Supervisor, alone
from cluster.visitor import GivenUp, Journal
from tests.waiting import until
from tooling.parts import MissingPart

BASE_PORT = 18200  # beside a cluster of `make cluster`
STUDENTS, VISAS, OFFICERS = 4, 2, 2  # at a time
SEEDED = 1200  # of each
WHOLE_SECONDS = 120  # within which the cluster is whole again after a trial
DRAINED_SECONDS = 180  # within which workers have done what was asked of them
DUE = "SELECT count(*) FROM outbox WHERE done_at IS NULL AND due_at < timezone('UTC', now()) + interval '10 minutes'"
QUIET_SECONDS = (1.0, 6.0)  # before a fault


@dataclass
class Crowd:
    """Everybody at once, one after the other in each place."""

    town: Town
    threads: list[threading.Thread] = field(default_factory=list)
    students: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    visas: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    leaving: threading.Event = field(default_factory=threading.Event)

    def come(self) -> None:
        """Begin."""
        for _place in range(STUDENTS):
            self._begin(
                self._again,
                lambda number: people.student(self.town, seeding.student(number), number),
                self.students,
            )
        for _place in range(VISAS):
            self._begin(
                self._again, lambda number: people.visa_holder(self.town, seeding.visa(number)), self.visas
            )
        for number in range(1, OFFICERS + 1):
            self._begin(self._safely, f"officer {number}", people.officer, self.town, number)

    def go(self) -> None:
        """Let everybody end what they began, the officers last."""
        self.leaving.set()
        for thread in self.threads[: STUDENTS + VISAS]:
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


def attempt(fault: faults.Fault, supervisor: Supervisor, journal: Journal, chance: random.Random) -> None:
    """One trial: a fault at a random instant; then wait until the cluster is whole."""
    pause = threading.Event()
    pause.wait(chance.uniform(*QUIET_SECONDS))
    journal.silence, journal.longest = 0.0, ""
    before, began = dict(journal.errors), time.monotonic()
    done = faults.inflict(fault, supervisor, chance, pause)
    try:
        until(supervisor.whole, WHOLE_SECONDS, every=1.0)
        again = f"whole after {time.monotonic() - began:.0f} s"
    except AssertionError:
        again = f"not whole after {WHOLE_SECONDS} s"
        journal.trouble.append(f"{fault} ({done}): {again}")
    seen = {name: count - before.get(name, 0) for name, count in journal.errors.items()}
    errors = ", ".join(f"{count}× {name}" for name, count in seen.items() if count) or "no error"
    print(
        f"{fault!s:<28} {done:<34} {again}; longest wait {journal.silence:.1f} s; {errors}",
        flush=True,
    )


def asking(layout: Layout) -> Callable[[str], bool]:
    """Return the question whether the store has an object; what it lists may lack one after a device was away."""
    store = objects.service(layout)
    opened = S3Store(
        objects.BUCKET,
        endpoint=store.endpoint,
        access_key_id=store.access_key,
        secret_access_key=store.secret_key,
        region=store.region,
        virtual_hosted_style_request=False,
        client_options={"allow_http": True},
    )

    def is_there(key: str) -> bool:
        try:
            return obstore.head(opened, key)["size"] > 0
        except FileNotFoundError:
            return False

    return is_there


def counted(supervisor: Supervisor, journal: Journal) -> tuple[list[str], checker.Found]:
    """Wait for the workers, then return what is wrong, and what there is."""
    layout = supervisor.layout

    def drained() -> bool:
        with database.superuser(layout, "guichet") as connection:
            return connection.execute(DUE).fetchone() == (0,)

    wrong = []
    try:
        until(drained, DRAINED_SECONDS, every=1.0)
    except AssertionError:
        wrong.append(f"the workers have not done everything after {DRAINED_SECONDS} s")
    with database.superuser(layout, "guichet") as connection:
        found = checker.read(connection, asking(layout), layout.home / "outside")
        failed = connection.execute("SELECT kind, error FROM outbox WHERE failed_at IS NOT NULL").fetchall()
    wrong += [f"the worker failed for good: {kind}, {error}" for kind, error in failed]
    wrong += checker.violations(checker.lines(journal.path), found)
    for command in (("audit", "verify"), ("files", "check", "--deep")):
        try:
            supervisor.command(*command)
        except Refused as refusal:
            wrong.append(str(refusal))
    return wrong, found


def run(layout: Layout, trials: int, seed: int, wanted: str) -> int:
    """Do it all, print what came of it, and return 1 if anything is wrong."""
    chance = random.Random(seed)
    chosen = faults.chosen(trials, chance, wanted)
    print(f"{len(chosen)} trials, --seed {seed}", flush=True)
    supervisor = Supervisor(layout)
    journal = Journal(layout.home / "acknowledged.jsonl")
    try:
        supervisor.run(
            lambda: supervisor.command(*map(str, (SEEDED, SEEDED, OFFICERS)), module="cluster.seeding")
        )
        town = Town(layout.port("people"), journal)
        crowd = Crowd(town)
        crowd.come()
        until(lambda: len(town.done) >= 2 or journal.trouble, 180, every=0.5)  # the usual way works
        print(f"quiet: longest wait {journal.silence:.1f} s ({journal.longest})", flush=True)
        longest, where = 0.0, ""
        for fault in chosen:
            attempt(fault, supervisor, journal, chance)
            if journal.silence > longest:
                longest, where = journal.silence, f"{journal.longest}, {fault}"
        crowd.go()
        wrong, found = counted(supervisor, journal)
    finally:
        supervisor.stop()
    wrong += [f"not ours: {page}" for page in journal.foreign] + journal.trouble
    print(
        f"\n{len(chosen)} trials, {journal.requests} requests, {journal.acknowledged} acts acknowledged, "
        f"{sum(found.filed.values())} applications, {sum(found.letters.values())} letters, "
        f"{checker.letters_again(found)} of them sent again\n"
        f"longest wait {longest:.1f} s ({where}); pages not ours: {len(journal.foreign)}\n"
        f"violations: {len(wrong)}"
    )
    print("\n".join(wrong[:50]))
    return 1 if wrong else 0


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m cluster.trial", description=__doc__)
    parser.add_argument("--trials", type=int, default=30, help="how many faults: each alone, then pairs")
    parser.add_argument(
        "--seed", type=int, default=random.SystemRandom().randrange(2**32), help="repeats a run"
    )
    parser.add_argument("--only", default="", help="faults whose name has these words, as “freeze primary”")
    parser.add_argument("--home", type=Path, default=ROOT / "var" / "cluster-trial", help="emptied at first")
    options = parser.parse_args()
    layout = Layout(options.home.absolute(), BASE_PORT)
    communes.open_reference(Settings().reference_dir)
    try:
        with alone(layout):
            for old in layout.home.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            (layout.home / "acknowledged.jsonl").unlink(missing_ok=True)
            return run(layout, options.trials, options.seed, options.only)
    except (Refused, MissingPart) as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())

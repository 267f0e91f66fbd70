"""A run of trials on a cluster or one machine: faults one after another while people act, then all of it is counted."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from cluster import checker
from cluster.crowd import STUDENTS, VISAS, Crowd
from cluster.keeper import Keeper
from cluster.layout import Refused
from cluster.people import Town
from cluster.visitor import Journal
from tests.waiting import until

WHOLE_SECONDS = 120  # within which everything is whole again after a trial
ANSWERED_SECONDS = 60  # within which everybody has an answer once it is whole
DRAINED_SECONDS = 120  # within which workers do one more of what was asked of them
NAMES = 50  # violations that are printed


@dataclass(frozen=True)
class Trial:
    """A fault: its name, and what inflicts it, lets it end and says upon what it fell and for how long."""

    name: str
    inflict: Callable[[threading.Event], str]


def run(
    keeper: Keeper,
    port: int,
    trials: Iterable[Trial],
    chance: random.Random,
    quiet: tuple[float, float],
    students: int = STUDENTS,
    visas: int = VISAS,
    mend: Callable[[], None] | None = None,
) -> int:
    """Let people come, inflict each fault after a while of `quiet`, count, print, and return 1 if anything is wrong.

    `mend` ends what was wrong all the time, once people have gone.
    """
    journal = Journal(keeper.home / "acknowledged.jsonl")
    town, done = Town(port, journal), 0
    people = Crowd(town, students, visas)
    people.come()
    until(lambda: len(town.done) >= 2 or journal.trouble, 180, every=0.5)  # the usual way works
    print(f"quiet: longest wait {journal.silence:.1f} s ({journal.longest})", flush=True)
    longest, where = 0.0, ""
    for trial in trials:
        attempt(trial, keeper, journal, chance.uniform(*quiet))
        done += 1
        if journal.silence > longest:
            longest, where = journal.silence, f"{journal.longest}, {trial.name}"
    people.go()
    if mend:
        mend()
    wrong, found = counted(keeper, journal)
    wrong += [f"not ours: {page}" for page in journal.foreign] + journal.trouble
    print(
        f"\n{done} trials, {journal.requests} requests, {journal.acknowledged} acts acknowledged, "
        f"{sum(found.filed.values())} applications, {sum(found.letters.values())} letters, "
        f"{checker.letters_again(found)} of them sent again\n"
        f"longest wait {longest:.1f} s ({where}); pages not ours: {len(journal.foreign)}\n"
        f"violations: {len(wrong)}"
    )
    print("\n".join(wrong[:NAMES]), flush=True)
    return 1 if wrong else 0


def attempt(trial: Trial, keeper: Keeper, journal: Journal, quiet: float) -> None:
    """One trial: a fault after a while; then wait until everything is whole."""
    pause = threading.Event()
    pause.wait(quiet)
    journal.silence, journal.longest = 0.0, ""
    before, began = dict(journal.errors), time.monotonic()
    done = trial.inflict(pause)
    try:
        until(keeper.whole, WHOLE_SECONDS, every=0.5)
        whole = time.monotonic()
        again = f"whole after {whole - began:.0f} s"
        until(lambda: journal.all_answered_since(whole), ANSWERED_SECONDS, every=0.2)
    except AssertionError:
        again = f"not whole, or not all answered, after {time.monotonic() - began:.0f} s"
        journal.trouble.append(f"{trial.name} ({done}): {again}")
    seen = {name: count - before.get(name, 0) for name, count in journal.errors.items()}
    errors = ", ".join(f"{count}× {name}" for name, count in seen.items() if count) or "no error"
    print(
        f"{trial.name:<28} {done:<34} {again}; longest wait {journal.silence:.1f} s; {errors}",
        flush=True,
    )


def counted(keeper: Keeper, journal: Journal) -> tuple[list[str], checker.Found]:
    """Wait for the workers, then return what is wrong, and what there is."""

    def rows_that(condition: str) -> int:
        with keeper.rows() as rows:
            return int(rows.execute(f"SELECT count(*) FROM outbox WHERE {condition}").fetchone()[0])

    def left() -> int:
        soon = datetime.now(UTC) + timedelta(minutes=10) + keeper.ahead
        return rows_that(f"done_at IS NULL AND due_at < '{soon:%Y-%m-%d %H:%M:%S}'")

    def one_more(before: int) -> bool:  # what is left may grow meanwhile: work done asks for other work
        return rows_that("done_at IS NOT NULL") > before or not left()

    wrong = []
    try:
        while left():
            until(partial(one_more, rows_that("done_at IS NOT NULL")), DRAINED_SECONDS, every=1.0)
    except AssertionError:
        wrong.append(f"the workers have done nothing for {DRAINED_SECONDS} s, and {left()} rows are due")
    with keeper.rows() as rows:
        found = checker.read(rows, keeper.has_object(), keeper.desks)
        failed = rows.execute("SELECT kind, error FROM outbox WHERE failed_at IS NOT NULL").fetchall()
    wrong += [f"the worker failed for good: {kind}, {error}" for kind, error in failed]
    wrong += checker.violations(checker.lines(journal.path), found)
    for command in (("audit", "verify"), ("files", "check", "--deep")):
        try:
            keeper.command(*command)
        except Refused as refusal:
            wrong.append(str(refusal))
    return wrong, found

"""Memory of web server and worker over many requests and papers, once warm: what stays of each.

Processes grow at first: pools fill, templates compile, fonts are read. So the first part of a run does not count, and the
growth of what follows is told for each request or paper, from the memory that the processes have to themselves.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from app.storage.database import bind, clock, database
from app.storage.models import Attestation, Outbox
from app.storage.outbox import post
from bench.load import CONNECTIONS, fetch
from bench.servers import ROOT, Server
from bench.subject import DRAFTED, FOLLOWED, service, sign_in
from bench.table import Line
from tests.waiting import until

REQUESTS = 20_000
PAPERS = 1_000
WARM = 0.25  # of a run, which does not count
GOALS = {"request": 50, "paper": 1_000}  # bytes: a megabyte after 20,000 requests, or after 1,000 papers
PATIENCE_SECONDS = 600.0

PAGES = (
    (DRAFTED, "/fr/demande/etudiant/motif-de-sejour"),
    (DRAFTED, "/fr/demande/etudiant/justificatifs"),
    (FOLLOWED, "/fr/suivi/"),
    ("", "/fr/"),
    ("", "/ar/"),
)


def own_bytes(pid: int) -> int:
    """Return the memory that a process has written to and shares with no other."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("Private_Dirty:"))
    return int(kilobytes) * 1024


def kept(what: str, pids: Sequence[int], many: int, act: Callable[[int], None]) -> Line:
    """Do something `many` times and return the bytes that stay of each, after the first part."""
    warm = round(many * WARM)
    act(warm)
    before = sum(map(own_bytes, pids))
    act(many - warm)
    after = sum(map(own_bytes, pids))
    each = (after - before) / (many - warm)
    print(f"  {what}: {before / 2**20:.1f} MB once warm, {after / 2**20:.1f} MB after {many}", flush=True)
    goal = GOALS[what]
    return Line(f"bytes that stay in memory of each {what}", f"≤ {goal}", each, each <= goal)


def growth() -> list[Line]:
    """Return what stays of a request in the web server, and of a paper in the worker."""
    with service() as (server, settings):
        web = kept("request", server.pids, REQUESTS, _requesting(server))
        with _worker(settings) as pid:
            papers = kept("paper", (pid,), PAPERS, _printing(settings))
    return [web, papers]


def _requesting(server: Server) -> Callable[[int], None]:
    cookies = {number: sign_in(server, number).cookie for number in (DRAFTED, FOLLOWED)}

    def ask(place: int) -> None:
        number, path = PAGES[place % len(PAGES)]
        if (answer := fetch(server, path, cookies.get(number, ""))).status != 200:
            raise SystemExit(f"{path} answered {answer.status}")

    def act(many: int) -> None:
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(ask, range(many)))

    return act


@contextmanager
def _worker(settings: dict[str, str]) -> Iterator[int]:
    command = [sys.executable, "-m", "app.cli", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.DEVNULL)
    try:
        yield worker.pid
    finally:
        worker.terminate()
        worker.wait()


def _printing(settings: dict[str, str]) -> Callable[[int], None]:
    bind(settings["DATABASE_URL"])

    def act(many: int) -> None:
        """Have so many certificates printed anew, each of the demonstration's in turn."""
        with database.connection_context():
            unprinted = Outbox.select().where(Outbox.done_at.is_null() & (Outbox.kind == "print_attestation"))
            numbers = [row.id for row in Attestation.select(Attestation.id)]
            for start in range(0, many, len(numbers)):
                with database.atomic():
                    Attestation.update(file_key="").execute()
                    for number in numbers[: many - start]:
                        post("print_attestation", {"attestation": number}, clock())
                until(lambda: not unprinted.exists(), PATIENCE_SECONDS, every=0.2)

    return act

"""Starts the cluster in order, keeps each part running, kills and freezes them when told, stops all in three waves."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from app.settings import ROOT
from cluster import database, objects, service
from cluster.layout import Layout, Refused
from cluster.parts import Part
from tests.waiting import until

LOOK_SECONDS = 0.2
START_SECONDS = 90
STOP_SECONDS = 10
WAVES = (1, 2, 3)
# What one machine would have: it dies and freezes whole.
MACHINES = {f"device{number}": tuple(f"{kind}{number}" for kind in objects.KINDS) for number in (1, 2, 3)}


@dataclass
class Supervisor:
    """The running cluster."""

    layout: Layout
    say: Callable[[str], None] = print
    parts: dict[str, Part] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.RLock = field(default_factory=threading.RLock)
    watcher: threading.Thread | None = None
    began: float = field(default_factory=time.monotonic)

    def run(self, seed: Callable[[], None]) -> None:
        """Start everything in order; `seed` fills an empty database, before anybody is let in."""
        layout = self.layout
        self._start(database.etcd(layout))
        self._start([service.balancer(layout), service.outside(layout)])
        self._start(database.databases(layout))
        until(database.has_primary(layout), START_SECONDS, every=0.3)
        database.create(layout)
        self._start([*database.poolers(layout), *objects.stores(layout)])
        until(lambda: len(database.standbys(layout)) == 2, START_SECONDS, every=0.5)
        _make_bucket(layout)
        self.command("migrate")
        self.command("services")
        seed()
        self._start(service.nodes(layout))
        self._start([service.front(layout)])
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def _start(self, parts: Iterable[Part]) -> None:
        """Start parts together and wait until each answers."""
        starting = list(parts)
        for part in starting:
            self.parts[part.name] = part
            part.start()
        for part in starting:
            with suppress(AssertionError):
                until(partial(_started_or_ended, part), START_SECONDS, every=0.1)
            if not part.ready():
                raise Refused(f"{part.name} does not answer. The end of its log:\n{self.log(part)}")
        self.say(f"{time.monotonic() - self.began:5.1f} s  {', '.join(part.name for part in starting)}")
        self._note()

    def command(self, *given: str, module: str = "app.cli") -> None:
        """Run a command of the service against the cluster."""
        command = [sys.executable, "-m", module, *given]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=service.for_commands(self.layout),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Refused(f"{' '.join(given)} failed: {(done.stderr or done.stdout)[-2000:]}")

    @staticmethod
    def log(part: Part) -> str:
        """Return the end of what a part said."""
        return (part.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def named(self, name: str) -> list[Part]:
        """Return a part, or those of a machine."""
        names = MACHINES.get(name, (name,))
        if not set(names) <= self.parts.keys():
            raise Refused(f"No part is called {name}: there are {', '.join([*self.parts, *MACHINES])}.")
        return [self.parts[name] for name in names]

    def kill(self, name: str, *, stays_down: bool = False) -> None:
        """Kill a part, which is started again a moment later unless it stays down."""
        with self.lock:
            for part in self.named(name):
                part.wanted = not stays_down
                part.kill()

    def freeze(self, name: str) -> None:
        """Stop all processes of a part where they are."""
        with self.lock:
            for part in self.named(name):
                part.frozen = True
                part.send(signal.SIGSTOP)

    def back(self, name: str) -> None:
        """Let a frozen part go on, or start one that stayed down."""
        with self.lock:
            for part in self.named(name):
                part.send(signal.SIGCONT)
                part.frozen = False
                # The watching thread starts it: the kernel ends a process with the thread that began it.
                part.wanted, part.ended_at = True, -1e9

    def primary(self) -> str:
        """Return the name of the machine that has the primary, "" while there is none."""
        with suppress(Exception), database.superuser(self.layout) as connection:
            ((port,),) = connection.execute("SELECT inet_server_port()").fetchall()
            return next(
                name for name in self.parts if name.startswith("db") and self.layout.port(name) == port
            )
        return ""

    def synchronous(self) -> str:
        """Return the name of the standby that every commit waits for."""
        return next((name for name, how in database.standbys(self.layout).items() if how == "sync"), "")

    def whole(self) -> bool:
        """Return whether every part answers and a synchronous standby follows the primary."""
        followers = database.standbys(self.layout)
        return (
            len(followers) == 2
            and "sync" in followers.values()
            and all(part.runs() and not part.frozen and part.ready() for part in self.parts.values())
        )

    def _watch(self) -> None:
        while not self.stopping.wait(LOOK_SECONDS):
            with self.lock:
                before = [part.process for part in self.parts.values()]
                for part in self.parts.values():
                    part.look()
                if before != [part.process for part in self.parts.values()]:
                    self._note()

    def _note(self) -> None:
        """Write which processes there are, for `status` and the other commands."""
        rows = {part.name: part.process.pid for part in self.parts.values() if part.process}
        self.layout.write("parts.json", json.dumps(rows, indent=1))

    def stop(self) -> None:
        """Stop all, in waves: what uses others before them, each wave at once."""
        self.stopping.set()
        if self.watcher:
            self.watcher.join()
        for wave in WAVES:
            parts = [part for part in self.parts.values() if part.wave == wave and part.pids()]
            for part in parts:
                part.send(signal.SIGCONT)
                if part.process and part.runs():
                    part.process.terminate()
            ends = time.monotonic() + STOP_SECONDS
            for part in parts:
                if part.process:
                    with suppress(subprocess.TimeoutExpired):
                        part.process.wait(max(0.0, ends - time.monotonic()))
                part.kill()


def _started_or_ended(part: Part) -> bool:
    return part.ready() or not part.runs()


def _make_bucket(layout: Layout) -> None:
    """Make the bucket; a store that has just started may need a moment."""

    def made() -> bool:
        with suppress(OSError):
            objects.service(layout).make_bucket(objects.BUCKET)
            return True
        return False

    until(made, 30, every=0.5)


@contextmanager
def alone(layout: Layout) -> Iterator[None]:
    """Hold the lock of a cluster's folder; Refused while another process has it: two would share their ports."""
    layout.home.mkdir(parents=True, exist_ok=True)
    with (layout.home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise Refused(
                f"The cluster of {layout.home} runs already (process {lock.read().strip()})."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        layout.refuse_taken_ports()
        yield

"""Keeps parts running: starts them, kills and freezes them when told, stops all of them in three waves."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from app.settings import ROOT
from cluster.checker import Rows
from cluster.layout import Refused
from cluster.parts import Part
from tests.waiting import until

LOOK_SECONDS = 0.2
START_SECONDS = 90
STOP_SECONDS = 10
WAVES = (1, 2, 3)


@dataclass
class Keeper:
    """Parts that run. Those of a name in `machines` die and freeze together, as one machine would."""

    home: Path
    say: Callable[[str], None] = print
    parts: dict[str, Part] = field(default_factory=dict)
    stopping: threading.Event = field(default_factory=threading.Event)
    lock: threading.RLock = field(default_factory=threading.RLock)
    watcher: threading.Thread | None = None
    began: float = field(default_factory=time.monotonic)
    ahead: timedelta = timedelta()  # of a worker whose clock is off
    machines: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def environment(self) -> Mapping[str, str]:
        """Return the environment of commands of the service."""
        raise NotImplementedError

    def whole(self) -> bool:
        """Return whether everything runs as it should."""
        raise NotImplementedError

    @contextmanager
    def rows(self) -> Iterator[Rows]:
        """Open the database past the service."""
        raise NotImplementedError

    def has_object(self) -> Callable[[str], bool]:
        """Return the question whether the store has a file."""
        raise NotImplementedError

    @property
    def desks(self) -> Path:
        """The folder of what others know and took: registers, letters, stamps."""
        return self.home / "outside"

    def start(self, parts: Iterable[Part]) -> None:
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

    def command(self, *given: str, module: str = "app.cli") -> str:
        """Run a command of the service and return what it printed; Refused if it fails."""
        done = self.tried(*given, module=module)
        if done.returncode:
            raise Refused(f"{' '.join(given)} failed: {(done.stderr or done.stdout)[-2000:]}")
        return done.stdout

    def tried(
        self, *given: str, module: str = "app.cli", environment: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command of the service as an operator does, and return what it printed and its exit code."""
        return subprocess.run(
            [sys.executable, "-m", module, *given],
            cwd=ROOT,
            env={**self.environment(), **(environment or {})},
            capture_output=True,
            text=True,
            check=False,
        )

    @staticmethod
    def log(part: Part) -> str:
        """Return the end of what a part said."""
        return (part.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]

    def named(self, name: str) -> list[Part]:
        """Return a part, or those of a machine."""
        names = self.machines.get(name, (name,))
        if not set(names) <= self.parts.keys():
            raise Refused(f"No part is called {name}: there are {', '.join([*self.parts, *self.machines])}.")
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

    def watch(self) -> None:
        """From now on start again what ends."""
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()

    def _watch(self) -> None:
        while not self.stopping.wait(LOOK_SECONDS):
            with self.lock:
                before = [part.process for part in self.parts.values()]
                for part in self.parts.values():
                    part.look()
                if before != [part.process for part in self.parts.values()]:
                    self._note()

    def _note(self) -> None:
        """Write which processes there are, for commands of other processes."""
        rows = {part.name: part.process.pid for part in self.parts.values() if part.process}
        (self.home / "parts.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")

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

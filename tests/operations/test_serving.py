"""The processes that `serve` keeps running, and how they end."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import serving
from app.serving import Child
from tests.waiting import until

SOON = 1000.0
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    *(sys.executable, "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
]

pytestmark = pytest.mark.slow  # processes of their own


@pytest.fixture(autouse=True)
def long_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has just been started is not old on a busy machine either."""
    monkeypatch.setattr(serving, "SOON_SECONDS", SOON)


def child(**changes: object) -> Child:
    return Child("web server", SLEEPER, dict(os.environ), **changes)


def kill(killed: Child) -> None:
    killed.process.kill()
    killed.process.wait()


@pytest.mark.parametrize(
    ("again", "old", "lives"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_a_process_killed_from_outside_is_started_again(again: bool, old: bool, lives: bool) -> None:
    """But one that is killed as soon as it starts would be started for ever."""
    killed = child(again=again)
    first = killed.process.pid
    killed.began -= (SOON + 1) * old
    kill(killed)
    assert killed.lives() is lives
    assert (killed.process.pid != first) is lives
    kill(killed)


def test_a_process_that_ends_by_itself_is_not_started_again() -> None:
    ended = Child("web server", [sys.executable, "-c", ""], dict(os.environ), again=True)
    ended.began -= SOON + 1
    ended.process.wait()
    assert not ended.lives()


@pytest.mark.parametrize(("code", "lives"), [(0, True), (1, True), (serving.REFUSED, False)])
def test_a_worker_that_ends_is_started_again_unless_it_refuses(code: int, lives: bool) -> None:
    """A piece of work that kills its worker took the web server down each minute."""
    ended = Child("worker", [sys.executable, "-c", f"exit({code})"], dict(os.environ), always=True)
    ended.process.wait()
    first = ended.process.pid
    assert ended.lives() is lives, "not at once: it would be started for ever"
    assert ended.process.pid == first
    ended.began -= SOON + 1
    assert ended.lives() is lives
    assert (ended.process.pid != first) is lives
    ended.process.wait()


class Deaf:
    """A process that ends by a kill alone, and how long it was waited for; time passes while it is."""

    def __init__(self, clock: list[float]) -> None:
        self.clock, self.waited, self.killed = clock, 0.0, False

    def terminate(self) -> None:
        """Hear nothing."""

    def kill(self) -> None:
        """End."""
        self.killed = True

    def wait(self, seconds: float = 0.0) -> None:
        """Let the time pass."""
        if not self.killed:
            self.waited = seconds
            self.clock[0] += seconds
            raise subprocess.TimeoutExpired("deaf", seconds)


def test_the_end_of_all_has_one_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one for each: an operator's supervisor would kill this process, and leave the others."""
    clock = [0.0]
    monkeypatch.setattr(serving, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    deaf = [Deaf(clock) for _ in range(3)]
    serving.end([SimpleNamespace(process=one) for one in deaf])
    assert [one.waited for one in deaf] == [serving.GRACE_SECONDS, 0, 0]
    assert all(one.killed for one in deaf)


def test_who_ends_when_asked_is_not_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE_SECONDS", 100)
    children = [child(), child()]
    serving.end(children)
    assert [gone.process.returncode for gone in children] == [-signal.SIGTERM] * 2


def ignores(pid: int, sign: signal.Signals) -> bool:
    """Whether a process has asked not to be told of a signal (proc(5), Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return bool(int(status.partition("SigIgn:")[2].split()[0], 16) >> (sign - 1) & 1)


def test_who_does_not_hear_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE_SECONDS", 0.1)
    deaf = Child("deaf", DEAF, dict(os.environ))
    until(lambda: ignores(deaf.process.pid, signal.SIGTERM))
    serving.end([deaf])
    assert deaf.process.returncode == -signal.SIGKILL

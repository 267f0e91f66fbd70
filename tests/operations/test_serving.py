"""The processes that `serve` keeps running, and how they end."""

import os
import signal
import sys

import pytest

from app import serving
from app.serving import SOON_SECONDS, Child

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
DEAF = [
    *(sys.executable, "-c"),
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)",
]

pytestmark = pytest.mark.slow  # processes of their own


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
    killed.began -= (SOON_SECONDS + 1) * old
    kill(killed)
    assert killed.lives() is lives
    assert (killed.process.pid != first) is lives
    kill(killed)


def test_a_process_that_ends_by_itself_is_not_started_again() -> None:
    ended = Child("web server", [sys.executable, "-c", ""], dict(os.environ), again=True)
    ended.began -= SOON_SECONDS + 1
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
    ended.began -= SOON_SECONDS + 1
    assert ended.lives() is lives
    assert (ended.process.pid != first) is lives
    ended.process.wait()


def test_the_end_of_all_has_one_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one for each: an operator's supervisor would kill this process, and leave the others."""
    monkeypatch.setattr(serving, "GRACE_SECONDS", 0.1)
    children = [Child("deaf", DEAF, dict(os.environ)), child(), child()]
    serving.end(children)
    codes = [gone.process.returncode for gone in children]
    assert codes[1:] == [-signal.SIGTERM] * 2
    assert codes[0] in (-signal.SIGKILL, -signal.SIGTERM), "before it was deaf, or after"

"""Waiting for what another process or thread does."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T | None], seconds: float = 100, every: float = 0.02) -> T:
    """Return the first answer that is true, asked again and again; AssertionError where none comes.

    The time is that of a busy machine: what is so at once costs none of it."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(every)
    return found


def until_loops_ended() -> None:
    """Wait for the threads of a worker of this process: one that still reads would meet a closed database."""
    until(lambda: not any(thread.name.startswith("worker-") for thread in threading.enumerate()), 90)

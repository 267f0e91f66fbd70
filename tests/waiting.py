"""Waiting for what another process or thread does."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T | None], seconds: float = 30, every: float = 0.02) -> T:
    """Return the first answer that is true, asked again and again; AssertionError where none comes in time."""
    deadline = time.monotonic() + seconds
    while not (found := ask()):
        assert time.monotonic() < deadline, f"not so within {seconds} s"
        time.sleep(every)
    return found

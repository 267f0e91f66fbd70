"""The one clock of all machines: the database's (ADR 0032)."""

import time
from datetime import UTC, datetime, timedelta

from app.storage.database import UNAVAILABLE, clock, database
from app.storage.postgres import BoundedPostgres

FRESH_SECONDS = 5.0


def counted() -> float:
    """Return seconds that go on while this process, or this machine, is suspended, and that no time service sets."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


def machine_clock() -> datetime:
    """Return the present instant by the clock of this machine."""
    return datetime.now(UTC)


class SharedClock:
    """Tells the present instant by the clock of the database, asked again once its answer is older than `seconds`.

    It is asked outside transactions, on a connection that is open; meanwhile this machine counts on. On SQLite, and until
    the database has been asked, it is the clock of this machine.
    """

    def __init__(self, seconds: float = FRESH_SECONDS) -> None:
        self._seconds = seconds
        self._answer: tuple[datetime, float] | None = None  # and when it came

    def __call__(self) -> datetime:
        """Return the present instant, in UTC."""
        if not isinstance(database.main, BoundedPostgres):
            return machine_clock()
        if self._answer is None or counted() - self._answer[1] >= self._seconds:
            self._ask()
        if self._answer is None:
            return machine_clock()
        answer, at = self._answer
        return answer + timedelta(seconds=counted() - at)

    def off(self) -> timedelta:
        """Return by how much the clock of this machine is ahead."""
        return machine_clock() - self()

    def _ask(self) -> None:
        if database.obj is not database.main or database.is_closed() or database.in_transaction():
            return
        try:
            # When the answer has come rather than when it was asked for: never ahead of the database.
            self._answer = clock(), counted()
        except UNAVAILABLE:  # what the caller needs it for will say so
            return

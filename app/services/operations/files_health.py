"""Whether strangers' files can be received: what confines their examination, and a scanner that tells bad from good."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from app.gateways.antivirus import Scanner, self_check, signatures_at
from app.intake import LAYERS, NEEDED, confining_layers

EVERY_SECONDS = 300.0

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Report:
    """The layers of confinement that hold, whether files are refused without the needed ones, and the scanner."""

    held: frozenset[str]
    scanner_tells: bool
    required: bool
    signatures_at: datetime | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The needed layers that do not hold."""
        return tuple(sorted(NEEDED - self.held))

    @property
    def refuses(self) -> bool:
        """Whether every file is refused."""
        return bool(self.required and self.missing)

    @property
    def layers(self) -> dict[str, str]:
        """What each layer does and whether it holds, in words."""
        return {
            name: f"{'holds' if name in self.held else 'missing'}: {words}" for name, words in LAYERS.items()
        }

    @property
    def problems(self) -> tuple[str, ...]:
        """What an operator has to mend, a sentence each."""
        found = []
        if self.missing:
            then = "every file is refused" if self.required else "files are decoded without it"
            found.append(f"{', '.join(self.missing)} missing on this machine: {then}.")
        if not self.scanner_tells:
            found.append("the virus scanner does not tell a bad file from a good one: files wait, unopened.")
        return tuple(found)


@dataclass
class Watch:
    """The last report, made anew when it is older than EVERY_SECONDS; what changes goes to the log."""

    scanner: Callable[[], Scanner]
    required: bool
    clock: Callable[[], float] = time.monotonic
    last: Report | None = None
    asked_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def report(self) -> Report:
        """Return the present report; while it is made, the one before."""
        if self.lock.acquire(blocking=self.last is None):
            try:
                if self.last is None or self.clock() - self.asked_at >= EVERY_SECONDS:
                    self._ask()
            finally:
                self.lock.release()
        assert self.last
        return self.last

    def _ask(self) -> None:
        found = Report(
            confining_layers(), self_check(self.scanner()), self.required, signatures_at(self.scanner())
        )
        if found != self.last:
            for problem in found.problems:
                log.error("%s", problem)
            if self.last is None or not found.problems:
                log.info("files are examined under: %s", ", ".join(sorted(found.held)))
        self.last, self.asked_at = found, self.clock()

    def keep(self) -> None:
        """Report at once and again and again, for as long as the process lives."""
        pause = threading.Event()
        while True:
            self.report()
            pause.wait(EVERY_SECONDS)

"""An examination that says what is wrong with how a file was answered: its process is measured too."""

from dataclasses import dataclass, field
from pathlib import Path

from app.domain.rules.uploads import LIMITS, Refusal
from app.intake import NEEDED, Refused
from app.intake.confinement import MEMORY_BYTES, PROCESSOR_SECONDS
from app.intake.outcome import Outcome
from app.intake.sandbox import PROGRAM, Sandbox
from tests.intake import served
from tests.waiting import until

# Put before the program of the sandbox: what each process used is noted when it has ended.
_NOTING = """
import os
def noted(child, options, wait4=os.wait4):
    done, status, used = wait4(child, options)
    if done:
        with open({notes!r}, "a") as notes:
            print(used.ru_utime + used.ru_stime, used.ru_maxrss, file=notes)
    return done, status
os.waitpid = noted
"""


@dataclass
class Measured:
    """A sandbox, and what each of its processes used."""

    notes: Path
    asked: int = 0
    sandbox: Sandbox = field(init=False)

    def __post_init__(self) -> None:
        program = _NOTING.format(notes=str(self.notes)) + PROGRAM
        self.sandbox = Sandbox(program=program, wall_seconds=100.0, needed=NEEDED)

    def examine(self, data: bytes) -> tuple[Outcome, float, float]:
        """Return the answer, and the seconds of processor and the bytes of memory of its process."""
        outcome = self.sandbox.examine(data, LIMITS)
        self.asked += 1
        lines = until(self._written)
        seconds, kilobytes = lines[-1].split()
        return outcome, float(seconds), int(kilobytes) * 1024.0

    def _written(self) -> list[str]:
        text = self.notes.read_text() if self.notes.exists() else ""
        lines = text.splitlines()
        return lines if len(lines) >= self.asked and text.endswith("\n") else []

    def faults(self, data: bytes) -> list[str]:
        """Return what is wrong with the answer to a file, empty if nothing."""
        if len(data) > LIMITS.max_bytes:
            return ["larger than anybody may send"]
        outcome, seconds, memory = self.examine(data)
        found = []
        # A second beyond its limit, the kernel ends it.
        if seconds > PROCESSOR_SECONDS + 1:
            found.append(f"{seconds:.1f} s of processor")
        if memory > MEMORY_BYTES:
            found.append(f"{memory / 1e6:.0f} MB")
        if isinstance(outcome, Refused):
            never = outcome.reason in (Refusal.BUSY, Refusal.CLOSED, Refusal.TOO_LARGE)
            return [*found, str(outcome.reason)] if never else found
        return found + served.faults(outcome, data)

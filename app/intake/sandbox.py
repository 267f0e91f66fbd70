"""A child process that decodes uploaded files, limited in memory and time and replaced when it dies.

Each web worker has one child, started at its first file. A bug of a decoder can end the child, not the service.
"""

import atexit
import contextlib
import os
import pickle
import selectors
import struct
import subprocess
import sys
import threading
from dataclasses import dataclass, field

from app.domain.rules.uploads import Limits, Refusal, Refused
from app.intake.outcome import Outcome
from app.settings import ROOT

WALL_SECONDS = 20.0
FILES_A_CHILD = 500  # then a new process: leaks of decoders do not add up
LENGTH = struct.Struct(">Q")


@dataclass
class Sandbox:
    """A child process and the lock that gives it one file at a time."""

    wall_seconds: float = WALL_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)
    child: "subprocess.Popen[bytes] | None" = None
    owner: int = 0
    seen: int = 0

    def examine(self, data: bytes, limits: Limits) -> Outcome:
        """Return the child's answer; a child that crashes, hangs or exceeds its memory makes a file UNREADABLE."""
        with self.lock:
            try:
                child = self._ready()
                _send(child, pickle.dumps((data, limits)))
                answer: Outcome = pickle.loads(self._receive(child))  # noqa: S301 – sent by our child process
            except (OSError, EOFError, TimeoutError, pickle.UnpicklingError):
                self.close()
                return Refused(Refusal.UNREADABLE)
            self.seen += 1
            if self.seen >= FILES_A_CHILD:
                self.close()
            return answer

    def _ready(self) -> "subprocess.Popen[bytes]":
        if self.child is None or self.owner != os.getpid() or self.child.poll() is not None:
            self.close()
            self.child = subprocess.Popen(
                [sys.executable, "-m", "app.intake.child"],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={"PYTHONPATH": str(ROOT), "PATH": ""},
            )
            self.owner, self.seen = os.getpid(), 0
            atexit.register(self.close)
        return self.child

    def _receive(self, child: "subprocess.Popen[bytes]") -> bytes:
        size = LENGTH.unpack(self._read(child, LENGTH.size))[0]
        return self._read(child, size)

    def _read(self, child: "subprocess.Popen[bytes]", size: int) -> bytes:
        assert child.stdout
        parts, missing = [], size
        with selectors.DefaultSelector() as ready:
            ready.register(child.stdout, selectors.EVENT_READ)
            while missing:
                if not ready.select(self.wall_seconds):
                    raise TimeoutError
                part = os.read(child.stdout.fileno(), missing)
                if not part:
                    raise EOFError
                parts.append(part)
                missing -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Stop the child."""
        child, self.child = self.child, None
        if child is None:
            return
        # After a fork the child belongs to the other process: only close our pipes.
        owned = self.owner == os.getpid()
        if owned:
            child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        if owned:
            child.wait()


def _send(child: "subprocess.Popen[bytes]", message: bytes) -> None:
    assert child.stdin
    child.stdin.write(LENGTH.pack(len(message)) + message)
    child.stdin.flush()

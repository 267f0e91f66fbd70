"""A child process that decodes strangers' files: bounded in memory and time, replaced when it dies.

One child a web worker, started at the first file. A parser that is led astray ends its child, never the service.
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
FILES_A_CHILD = 500  # then a fresh one, so that nothing piles up
LENGTH = struct.Struct(">Q")


@dataclass
class Sandbox:
    """One child and the lock that hands it one file at a time."""

    wall_seconds: float = WALL_SECONDS
    lock: threading.Lock = field(default_factory=threading.Lock)
    child: "subprocess.Popen[bytes] | None" = None
    owner: int = 0
    seen: int = 0

    def examine(self, data: bytes, limits: Limits) -> Outcome:
        """Have a file looked at; a child that crashes, hangs or grows too large makes it unreadable."""
        with self.lock:
            try:
                child = self._ready()
                _send(child, pickle.dumps((data, limits)))
                answer: Outcome = pickle.loads(self._receive(child))  # noqa: S301 – our own child's words
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
        """End the child."""
        child, self.child = self.child, None
        if child is None:
            return
        mine = self.owner == os.getpid()  # after a fork the child is the other process's: only let go of it
        if mine:
            child.kill()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()
        if mine:
            child.wait()


def _send(child: "subprocess.Popen[bytes]", message: bytes) -> None:
    assert child.stdin
    child.stdin.write(LENGTH.pack(len(message)) + message)
    child.stdin.flush()

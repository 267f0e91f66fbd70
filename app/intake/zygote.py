"""The process from which each file's own process is forked: everything imported and warm, never a stranger's byte.

Started with ``python -I``; its standard input is a socket, on which the service hands over two pipes a file.
"""

import contextlib
import os
import select
import signal
import socket
import sys
import time
from dataclasses import dataclass, field

from app.domain.rules.uploads import Refusal, Refused
from app.intake import confinement, protocol
from app.intake.examination import draw, look
from app.intake.outcome import Outcome
from app.intake.processor import PROCESS, processor_seconds
from app.intake.queue import QUICK_SECONDS
from app.intake.warming import warm

_END_OF_WAIT = 0.05
SLOWEST = 19
# How far a file gives way to the web server and to other files (nice(2)); what takes long, to all others.
NICENESS = {protocol.CHEAP: 5, protocol.QUICK: 10, protocol.SLOW: SLOWEST}


@dataclass
class Running:
    """A forked process: when it began, and the pipe of its answer, which tells whether it is still waited for."""

    begun: float
    writing: int
    slowed: bool = False

    def unwanted(self) -> bool:
        """Return whether the answer is read no more."""
        pipe = select.poll()
        pipe.register(self.writing, 0)
        return bool(pipe.poll(0))


@dataclass
class Zygote:
    """The forked processes still running."""

    control: socket.socket
    wall_seconds: float
    running: dict[int, "Running"] = field(default_factory=dict)

    def serve(self) -> None:
        """Fork a process for each pair of pipes until the service closes the socket."""
        while True:
            ready, _, _ = select.select([self.control], [], [], _END_OF_WAIT if self.running else None)
            self._reap()
            if not ready:
                continue
            sign, pipes, _, _ = socket.recv_fds(self.control, 1, 2)
            if not sign:
                return
            reading, writing = pipes
            self._fork(reading, writing, NICENESS[sign])

    def _fork(self, reading: int, writing: int, niceness: int) -> None:
        child = os.fork()
        if child == 0:
            _examine(reading, writing, niceness)
        self.running[child] = Running(time.monotonic(), writing, niceness == SLOWEST)
        os.close(reading)

    def _reap(self) -> None:
        for child, about in list(self.running.items()):
            age = time.monotonic() - about.begun
            if age > self.wall_seconds or about.unwanted():
                os.kill(child, signal.SIGKILL)
            elif not about.slowed and processor_seconds(child) > QUICK_SECONDS:
                about.slowed = True
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, child, SLOWEST)
            if os.waitpid(child, os.WNOHANG)[0]:
                os.close(about.writing)
                del self.running[child]


def _examine(reading: int, writing: int, niceness: int) -> None:
    """Read one file, answer and end; nothing but its two pipes is open."""
    status = 1
    try:
        os.dup2(reading, 0)
        os.dup2(writing, 1)
        os.closerange(3, 4096)
        os.nice(niceness)
        _write(PROCESS.pack(os.getpid()))
        layers = confinement.confine()
        asked = protocol.read_question(_read)
        _write(protocol.answer(_outcome(asked, layers), layers))
        status = 0
    finally:
        os._exit(status)


def _outcome(asked: protocol.Question, layers: list[str]) -> Outcome:
    if asked.needed - set(layers):
        return Refused(Refusal.CLOSED)  # before a decoder sees a byte of the file
    return draw(asked.data, asked.page) if asked.page else look(asked.data, asked.limits)


def _read(count: int) -> bytes:
    parts = []
    while count:
        part = os.read(0, min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _write(message: bytes) -> None:
    view = memoryview(message)
    while view:
        view = view[os.write(1, view[: 1 << 20]) :]


def main() -> None:
    """Serve files until the service ends; `wall_seconds` is the first argument."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Errors of decoders may quote what they decode.
    with contextlib.suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    warm()
    with socket.socket(fileno=os.dup(0)) as control:
        control.send(b"w")
        Zygote(control, float(sys.argv[1])).serve()


if __name__ == "__main__":
    main()

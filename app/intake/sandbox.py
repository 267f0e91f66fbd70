"""Confined processes that decode uploaded files, one a file, forked from a process that is kept warm.

Each web process has its own. A bug of a decoder ends one process, which could do nothing but compute.
"""

import atexit
import base64
import contextlib
import logging
import os
import selectors
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from app import outside
from app.domain.rules.uploads import Limits, Refusal, Refused
from app.intake import protocol
from app.intake.outcome import Accepted, Outcome
from app.intake.processor import PROCESS
from app.intake.queue import Place, Queue
from app.intake.stated_cost import is_cheap
from app.settings import ROOT

WALL_SECONDS = 8.0
LOOK_SECONDS = 0.1  # between two looks at whether a place was given to another file
START_SECONDS = 20.0
TINY_PICTURE = base64.b64decode("R0lGODdhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=")
PROGRAM = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from app.intake.zygote import main; main()"

_log = logging.getLogger(__name__)


@dataclass
class Sandbox:
    """The warm process, and the places in its queue."""

    wall_seconds: float = WALL_SECONDS
    queue: Queue = field(default_factory=Queue)
    drawings: Queue = field(default_factory=lambda: Queue(long=1))
    program: str = PROGRAM
    lock: threading.Lock = field(default_factory=threading.Lock)
    zygote: "subprocess.Popen[bytes] | None" = None
    control: socket.socket | None = None
    owner: int = 0
    layers: frozenset[str] | None = None  # those that held when the last file was examined
    needed: frozenset[str] = frozenset()  # without one of these, every file is refused

    def examine(self, data: bytes, limits: Limits, source: str = "") -> Outcome:
        """Return the answer of a confined process; UNREADABLE if it crashes or exceeds its limits, BUSY at the deadline.

        `source` is the sender of the file: of one source only two are examined or wait at a time; BUSY asks to come back.
        Pictures that cannot take long have places of their own, which other files do not fill.
        """
        if len(data) > limits.max_bytes:
            return Refused(Refusal.TOO_LARGE)
        return self._in_turn(protocol.Question(data, limits, self.needed), self.queue, source, is_cheap(data))

    def draw(self, data: bytes, page: int, source: str = "") -> Outcome:
        """Return a page of a PDF that we wrote, counted from 1, as a picture; refusals as above.

        Readers have a queue of their own: it is not filled by those who send files.
        """
        return self._in_turn(protocol.Question(data, Limits(), self.needed, page), self.drawings, source)

    def _in_turn(self, asked: protocol.Question, queue: Queue, source: str, cheap: bool = False) -> Outcome:
        with outside.waiting(), queue.place(source, self.wall_seconds, cheap) as place:
            if not place:
                return Refused(Refusal.BUSY)
            try:
                return self._ask(asked, place)
            except TimeoutError:
                # Its processor time has a limit of its own, which ends it earlier: the machine has too much to do.
                _log.warning("a file was not examined within %s s", self.wall_seconds)
                return Refused(Refusal.BUSY)
            except (OSError, EOFError, protocol.Unexpected) as problem:
                _log.warning("a file could not be examined: %s", type(problem).__name__)
                return Refused(Refusal.UNREADABLE)

    def probe(self) -> frozenset[str]:
        """Return the layers that hold, asked by a picture of ours that takes no place in the queue.

        They are none where it is not examined as it should be.
        """
        try:
            outcome = self._ask(protocol.Question(TINY_PICTURE, Limits(), self.needed), Place())
        except (OSError, EOFError, protocol.Unexpected):
            return frozenset()
        works = isinstance(outcome, Accepted) or outcome.reason is Refusal.CLOSED
        return (self.layers or frozenset()) if works else frozenset()

    def _ask(self, asked: protocol.Question, place: Place) -> Outcome:
        with contextlib.ExitStack() as open_files:
            sign = protocol.SLOW if place.old else protocol.CHEAP if place.cheap else protocol.QUICK
            writing, reading = self._hand_over(open_files, sign)
            pipe = Pipe(writing, reading, time.monotonic() + self.wall_seconds, place)
            # Said before it has seen a byte of the file.
            place.process = PROCESS.unpack(pipe.read(PROCESS.size))[0]
            pipe.send(protocol.question(asked))
            outcome, self.layers = protocol.read_answer(pipe.read, asked.limits)
        return outcome

    def _hand_over(self, open_files: contextlib.ExitStack, sign: bytes) -> tuple[int, int]:
        """Give two pipes to a new process; return our ends, to write its file and read its answer.

        `sign` tells how far it is to give way to others from its start.
        """
        its_reading, writing = os.pipe()
        reading, its_writing = os.pipe()
        for ours in (writing, reading):
            open_files.callback(os.close, ours)
        try:
            with self.lock:
                control = self._ready()
                try:
                    socket.send_fds(control, [sign], [its_reading, its_writing])
                except OSError:
                    # The warm process has ended: a new one, once.
                    self._close()
                    socket.send_fds(self._ready(), [sign], [its_reading, its_writing])
        finally:
            os.close(its_reading)
            os.close(its_writing)
        return writing, reading

    def _ready(self) -> socket.socket:
        if (
            self.control is None
            or self.owner != os.getpid()
            or self.zygote is None
            or self.zygote.poll() is not None
        ):
            self._close()
            self._start()
        assert self.control
        return self.control

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-I", "-c", self.program, str(self.wall_seconds)]
        self.zygote = subprocess.Popen(
            command, cwd="/", stdin=theirs.fileno(), stdout=subprocess.DEVNULL, env={}
        )
        theirs.close()
        self.control, self.owner = ours, os.getpid()
        atexit.register(self.close)
        ours.settimeout(START_SECONDS)
        if not ours.recv(1):
            self._close()
            raise EOFError

    def close(self) -> None:
        """End the warm process and what it forked."""
        with self.lock:
            self._close()

    def _close(self) -> None:
        zygote, control = self.zygote, self.control
        self.zygote = self.control = None
        if control:
            control.close()
        # After a fork of the web server it belongs to the other process.
        if zygote and self.owner == os.getpid():
            zygote.kill()
            zygote.wait()


@dataclass
class Pipe:
    """Our ends of the pipes of one file, with one deadline for all of it."""

    writing: int
    reading: int
    ends: float  # on the monotonic clock
    place: Place

    def send(self, message: bytes) -> None:
        """Write a message. Raises TimeoutError at the deadline, OSError where the other end is closed."""
        os.set_blocking(self.writing, False)
        view = memoryview(message)
        while view:
            self._wait(self.writing, selectors.EVENT_WRITE)
            view = view[os.write(self.writing, view[: 1 << 20]) :]

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes. Raises TimeoutError at the deadline, EOFError if there are fewer."""
        parts = []
        while count:
            self._wait(self.reading, selectors.EVENT_READ)
            part = os.read(self.reading, min(count, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _wait(self, descriptor: int, event: int) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(descriptor, event)
            while (left := self.ends - time.monotonic()) > 0 and self.place.still_mine():
                if ready.select(min(left, LOOK_SECONDS)):
                    return
            raise TimeoutError

"""A line between a browser and a service: slow upwards, cut at will; it counts what it carries."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.servers.process import free_port

PIECE = 4096


@dataclass
class BadLine:
    """Carries connections to a port at `speed` bytes a second upwards."""

    to: int
    speed: float
    port: int = field(default_factory=free_port)
    carried: int = 0  # upwards
    dead: bool = False  # nobody gets through
    _ends: set[socket.socket] = field(default_factory=set)
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _slowly: threading.Event = field(default_factory=threading.Event)  # never set

    def cut(self) -> None:
        """Break every connection, and let none through until `mend`."""
        self.dead = True
        for end in list(self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        """Let connections through again."""
        self.dead = False

    def accept(self, listening: socket.socket) -> None:
        """Carry each connection that comes, until the place where they come is closed."""
        while True:
            try:
                near, _address = listening.accept()
            except OSError:
                return
            if self.dead:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.to))
            for come, go, slow in ((near, far, True), (far, near, False)):
                self._ends.add(come)
                threading.Thread(target=self._carry, args=(come, go, slow), daemon=True).start()

    def _carry(self, come: socket.socket, go: socket.socket, slow: bool) -> None:
        with suppress(OSError):
            while data := come.recv(PIECE):
                if slow:
                    with self._turn:  # all connections share the line
                        self._slowly.wait(len(data) / self.speed)
                        self.carried += len(data)
                go.sendall(data)
        for end in (come, go):
            self._ends.discard(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextmanager
def bad_line(to: int, speed: float) -> Iterator[BadLine]:
    """Open a line to a port of this machine, for as long as the block lasts."""
    line = BadLine(to, speed)
    with socket.create_server(("127.0.0.1", line.port)) as listening:
        threading.Thread(target=line.accept, args=(listening,), daemon=True).start()
        yield line
        line.cut()
        listening.shutdown(socket.SHUT_RDWR)

"""A proxy before a server, whose line can fail: freeze, lose packets, be cut, be slow, bring nonsense; and be mended."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.waiting import until

SLOW = 0.7  # seconds
BACKLOG = 100
PROBE_SECONDS = 0.2  # a connection within this machine takes less


@dataclass
class Freezing:
    """A port that leads to another one while `flows` is set."""

    upstream: int
    slow: float = 0.0  # seconds that each piece takes more
    wrong: bool = False  # answers come as nonsense of their length
    cut: bool = False  # connections are ended as soon as they come
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    flows: threading.Event = field(default_factory=threading.Event)
    takes: threading.Event = field(default_factory=threading.Event)  # connections
    fillers: list[socket.socket] = field(default_factory=list)  # of the queue of connections
    good: threading.Event = field(default_factory=threading.Event)  # again: what is slow need not wait
    taken: int = 0  # connections from the queue
    came: int = 0  # of those, what asks for something
    connections: list[socket.socket] = field(default_factory=list)  # of the clients, now
    onward: list[socket.socket] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    probes: set[tuple[str, int]] = field(default_factory=set)  # of `all_that_came`

    @property
    def port(self) -> int:
        """Its own port."""
        found: int = self.listening.getsockname()[1]
        return found

    def freeze(self) -> None:
        """Let nothing through, as a machine that hangs or a line that is cut somewhere."""
        self.flows.clear()

    def part(self) -> None:
        """Lose every packet, as between two halves of a network: what is open hangs, nobody connects any more.

        Linux drops the packets of who connects while the queue of connections is full.
        """
        self.freeze()
        self.takes.clear()
        self.listening.listen(0)
        before = self.taken
        for _ in range(BACKLOG):
            held = self.taken > before  # the thread that takes connections has one in hand, no more
            filler = socket.socket()
            filler.settimeout(PROBE_SECONDS)
            self.fillers.append(filler)
            try:
                filler.connect(("127.0.0.1", self.port))
            except TimeoutError:
                if held:
                    return
                until(lambda: self.taken > before)
        raise AssertionError("the queue of connections does not fill")

    def thaw(self) -> None:
        """Let everything through again, what came meanwhile too."""
        while self.fillers:
            self.fillers.pop().close()
        self.listening.listen(BACKLOG)
        self.takes.set()
        self.flows.set()

    def fail(self, how: str) -> None:
        """Let the line fail: `freeze`, `part`, `cut`, `slow` or `wrong`."""
        if how == "freeze":
            self.freeze()
        elif how == "part":
            self.part()
        elif how == "cut":
            self.cut = True
            self.end_lines()
        elif how == "slow":
            self.good.clear()
            self.slow = SLOW
        else:
            self.wrong = True

    def mend(self) -> None:
        """Let the line be good again."""
        self.slow, self.wrong, self.cut = 0.0, False, False
        self.good.set()
        self.thaw()

    def all_that_came(self) -> int:
        """Count the connections so far, those too that wait to be taken: the thread that takes them may be late."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = probe.getsockname()
            self.probes.add(address)
            probe.connect(("127.0.0.1", self.port))
            until(lambda: address not in self.probes)
        return self.came

    def end_lines(self) -> None:
        """End every connection."""
        for line in (*self.connections, *self.onward):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def serve(self) -> None:
        """Take connections until the port is closed."""
        with contextlib.suppress(OSError):
            while True:
                client, address = self.listening.accept()
                self.taken += 1
                self.takes.wait()
                if address in self.probes:
                    client.close()
                    self.probes.remove(address)
                    continue
                self.came += 1
                if self.cut:
                    client.close()
                    continue
                self.connections.append(client)
                thread = threading.Thread(target=self._lead, args=(client,), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _lead(self, client: socket.socket) -> None:
        self.flows.wait()
        try:
            server = socket.create_connection(("127.0.0.1", self.upstream))
        except OSError:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            return
        self.onward.append(server)
        back = threading.Thread(target=self._pump, args=(server, client), daemon=True)
        back.start()
        self._pump(client, server)
        back.join()
        self.connections.remove(client)
        self.onward.remove(server)
        client.close()
        server.close()

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                self.good.wait(self.slow)
                self.flows.wait()
                target.sendall(b"?" * len(part) if self.wrong and source in self.onward else part)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def freezing(upstream: int) -> Iterator[Freezing]:
    """Run a proxy before a port of this machine until the block ends; it lets everything through at first."""
    proxy = Freezing(upstream)
    proxy.thaw()
    serving = threading.Thread(target=proxy.serve, daemon=True)
    serving.start()
    try:
        yield proxy
    finally:
        proxy.mend()
        proxy.listening.shutdown(socket.SHUT_RDWR)
        serving.join()
        proxy.end_lines()
        for thread in proxy.threads:
            thread.join()
        for line in (proxy.listening, *proxy.connections):
            line.close()

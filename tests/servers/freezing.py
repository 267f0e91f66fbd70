"""A proxy before a server, which can freeze: connections are taken, and nothing goes through any more."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Freezing:
    """A port that leads to another one while `flows` is set."""

    upstream: int
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    flows: threading.Event = field(default_factory=threading.Event)
    connections: list[socket.socket] = field(default_factory=list)  # of the clients
    onward: list[socket.socket] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    @property
    def port(self) -> int:
        """Its own port."""
        found: int = self.listening.getsockname()[1]
        return found

    def freeze(self) -> None:
        """Let nothing through, as a machine that hangs or a line that is cut somewhere."""
        self.flows.clear()

    def thaw(self) -> None:
        """Let everything through again, what came meanwhile too."""
        self.flows.set()

    def serve(self) -> None:
        """Take connections until the port is closed."""
        with contextlib.suppress(OSError):
            while True:
                client, _address = self.listening.accept()
                self.connections.append(client)
                self._begin(self._lead, client)

    def _begin(self, act: Callable[..., None], *given: socket.socket) -> None:
        thread = threading.Thread(target=act, args=given, daemon=True)
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
        for source, target in ((client, server), (server, client)):
            self._begin(self._pump, source, target)

    def _pump(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while part := source.recv(65536):
                self.flows.wait()
                target.sendall(part)
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
        proxy.thaw()
        proxy.listening.shutdown(socket.SHUT_RDWR)
        serving.join()
        for line in (*proxy.connections, *proxy.onward):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        for thread in proxy.threads:
            thread.join()
        for line in (proxy.listening, *proxy.connections, *proxy.onward):
            line.close()

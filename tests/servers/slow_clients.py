"""Clients that take their time, hundreds at once: on a bad line, or on purpose."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
MEGABYTES = 5_000_000
PIECE = 5_000  # ten times a second: 50 KB/s
POST = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"


@dataclass
class Crowd:
    """So many clients of one kind; each comes again when the server has closed its connection."""

    port: int
    many: int
    act: Callable[["Crowd", Line], Awaitable[None]]
    path: str = "/fr/compte/connexion"
    file: str = "/"  # a big one
    pause: float = 1.0  # between two bytes
    open: int = 0
    closed: int = 0  # by the server, before the client had done what it wanted
    ended: threading.Event = field(default_factory=threading.Event)

    async def run(self) -> None:
        """Come with all of them, until `ended` is set."""
        clients = [asyncio.create_task(self._come_again()) for _ in range(self.many)]
        while not self.ended.is_set():
            await asyncio.sleep(0.05)
        for client in clients:
            client.cancel()
        await asyncio.gather(*clients, return_exceptions=True)

    async def _come_again(self) -> None:
        while True:
            try:
                await self._come()
            except OSError:
                self.closed += 1
            await asyncio.sleep(self.pause)

    async def _come(self) -> None:
        made = socket.socket()
        made.setblocking(False)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # who does not read is noticed sooner
        await asyncio.get_running_loop().sock_connect(made, ("127.0.0.1", self.port))
        reader, writer = await asyncio.open_connection(sock=made, limit=4096)
        self.open += 1
        try:
            await self.act(self, (reader, writer))
        finally:
            self.open -= 1
            writer.transport.abort()


async def silent(crowd: Crowd, line: Line) -> None:
    """Send nothing at all."""
    await line[0].read()
    raise ConnectionError


async def slow_head(crowd: Crowd, line: Line) -> None:
    """Send a byte of a head at a time."""
    await _drip(crowd, line, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")


async def slow_body(crowd: Crowd, line: Line) -> None:
    """Send a byte of a form at a time."""
    head = POST.format(path=crowd.path, kind="application/x-www-form-urlencoded", length=10_000)
    await _drip(crowd, line, head.encode())


async def slow_file(crowd: Crowd, line: Line) -> None:
    """Send a byte of a file at a time."""
    head = POST.format(path=crowd.path, kind="multipart/form-data; boundary=edge", length=MEGABYTES)
    await _drip(crowd, line, head.encode() + b"--edge\r\n")


async def slow_reader(crowd: Crowd, line: Line) -> None:
    """Ask for a file ten times at once, more than the kernel's buffers hold, and read a byte of it at a time."""
    reader, writer = line
    writer.write(f"GET {crowd.file} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode() * 10)
    while await reader.read(1):
        await asyncio.sleep(crowd.pause)
    raise ConnectionError


async def upload(crowd: Crowd, line: Line) -> None:
    """Send five megabytes as a telephone on a bad line does, and read the answer."""
    reader, writer = line
    head = POST.format(path=crowd.path, kind="multipart/form-data; boundary=edge", length=MEGABYTES)
    writer.write(head.encode())
    for _ in range(MEGABYTES // PIECE):
        writer.write(b"x" * PIECE)
        await writer.drain()
        await asyncio.sleep(0.1)
    if not await reader.read(1):
        raise ConnectionError


async def _drip(crowd: Crowd, line: Line, begin: bytes) -> None:
    reader, writer = line
    writer.write(begin)
    gone = asyncio.ensure_future(reader.read(1))
    try:
        while not gone.done():
            writer.write(b"a")
            await asyncio.wait([gone], timeout=crowd.pause)
    finally:
        gone.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await gone
    raise ConnectionError


KINDS = {
    "200 that send nothing": (silent, 200),
    "200 that send a byte of a head a second": (slow_head, 200),
    "200 that send a byte of a form a second": (slow_body, 200),
    "200 that send a byte of a file a second": (slow_file, 200),
    "200 that read a byte a second": (slow_reader, 200),
    "50 that send 5 MB at 50 KB/s": (upload, 50),
}


@contextmanager
def coming(*crowds: Crowd) -> Iterator[None]:
    """Have crowds there while the block lasts."""

    async def all_of_them() -> None:
        await asyncio.gather(*(crowd.run() for crowd in crowds))

    thread = threading.Thread(target=lambda: asyncio.run(all_of_them()), daemon=True)
    thread.start()
    try:
        yield
    finally:
        for crowd in crowds:
            crowd.ended.set()
        thread.join()

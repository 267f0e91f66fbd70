"""Measured servers: the same web server and settings for each, and the processor time they use."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.serving import listen, web_command
from app.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running web server: its port and the ids of its processes."""

    port: int
    pids: tuple[int, ...]

    def processor_seconds(self) -> float:
        """Return the user and system time that its processes have used."""
        return sum(_used(child) for pid in self.pids for child in (pid, *_children(pid)))


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for text in (task / "children").read_text().split():
            found += [int(text), *_children(int(text))]
    return found


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(target: str, environment: Mapping[str, str], workers: int = 1) -> Iterator[Server]:
    """Run an application until the block ends, by processes of our web server with four threads each."""
    with listen("127.0.0.1:0") as listening:
        port, shared = listening.getsockname()[1], (listening.fileno(),)
        processes = [
            subprocess.Popen(
                web_command(listening, Settings(web_threads=4), target),
                cwd=ROOT,
                env={**os.environ, **environment},
                stderr=subprocess.DEVNULL,
                pass_fds=shared,
            )
            for _ in range(workers)
        ]
    try:
        _wait(port)
        yield Server(port, tuple(process.pid for process in processes))
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")

"""Measured servers: the same gunicorn settings for each, and the processor time they use."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running gunicorn: its port and the id of its master process."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        """Return the user and system time that its processes have used."""
        return sum(map(_used, [self.pid, *_children(self.pid)]))


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for text in (task / "children").read_text().split():
            found += [int(text), *_children(int(text))]
    return found


def _used(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def free_port() -> int:
    """Return a port on which no process listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def gunicorn(target: str, environment: Mapping[str, str], workers: int = 1) -> Iterator[Server]:
    """Run an application until the block ends, with gthread workers of four threads."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        target,
        "--config",
        "python:bench",  # sets nothing; the service's own file looks for a database, which a peer has not
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    command += [
        "--worker-class",
        "gthread",
        "--workers",
        str(workers),
        "--threads",
        "4",
        "--keep-alive",
        "30",
    ]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers on port {port}")

"""One part of the cluster: how it is started, when it answers, and all the processes it consists of."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cluster.layout import HOST
from tests.servers.process import answers, die_with_parent, user_group

AGAIN_SECONDS = 1.0  # from an end to the next start, as a supervisor of services does


@dataclass
class Part:
    """A server of the cluster. `wave` says when it is stopped: what uses others before them."""

    name: str
    command: Sequence[str]
    folder: Path
    wave: int
    ready: Callable[[], bool]
    user: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    postmaster: Path | None = None  # the file that names a PostgreSQL which outlives what started it
    wanted: bool = True  # else it is not started again
    frozen: bool = False
    ended_at: float = 0.0
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def kind(self) -> str:
        """Its name without its number."""
        return self.name.rstrip("0123456789")

    def start(self) -> None:
        """Start it; what it says goes to `log` in its folder."""
        self.wanted, self.ended_at = True, 0.0
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self.user,
                group=user_group(self.user),
                extra_groups=[] if self.user else None,
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", **self.environment},
                preexec_fn=die_with_parent,
                start_new_session=True,
            )

    def runs(self) -> bool:
        """Return whether its first process lives."""
        return self.process is not None and self.process.poll() is None

    def look(self) -> None:
        """Start it again if it ended by itself, a moment after."""
        if not self.wanted or self.runs():
            return
        now = time.monotonic()
        self.ended_at = self.ended_at or now
        if now - self.ended_at >= AGAIN_SECONDS:
            self.start()

    def pids(self) -> list[int]:
        """Return every process of it, parents first."""
        found = family(self.process.pid) if self.runs() and self.process else []
        if server := self.server():
            found += [pid for pid in family(server) if pid not in found]
        return found

    def server(self) -> int | None:
        """Return the PostgreSQL of it, if one lives."""
        if not self.postmaster or not self.postmaster.exists():
            return None
        with suppress(ValueError, IndexError, OSError):
            pid = int(self.postmaster.read_text().split()[0])
            if b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes():
                return pid
        return None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to all of it."""
        for pid in self.pids():
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def kill(self) -> None:
        """End all of it at once, as a machine that loses its current."""
        for pid in self.pids():  # stopped first: a parent that still ran would start children again
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGSTOP)
        self.send(signal.SIGKILL)
        self.frozen = False
        if self.process:
            self.process.wait()


def family(pid: int) -> list[int]:
    """Return a process and its descendants."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    return found


def listens(port: int) -> Callable[[], bool]:
    """Return the question whether something takes connections on a port."""
    return lambda: answers(port)


def says_200(port: int, path: str) -> Callable[[], bool]:
    """Return the question whether a page of a port answers 200."""

    def ask() -> bool:
        connection = http.client.HTTPConnection(HOST, port, timeout=3)
        try:
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    return ask

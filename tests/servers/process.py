"""A server as a child process: it has a port of its own, and it dies with the tests."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.waiting import until
from tooling.parts import MissingPart

PR_SET_PDEATHSIG = 1
LIBRARY = ctypes.CDLL(None)  # loaded before any fork, so that the child only has to call it


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int) -> bool:
    """Whether something accepts connections on this port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def die_with_parent() -> None:
    """Let the kernel end this process when the tests are killed (prctl(2), Linux)."""
    if sys.platform == "linux":
        LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    ready: Callable[[], bool],
    *,
    user: str | None = None,
    environment: Mapping[str, str] | None = None,
    stop_with: signal.Signals = signal.SIGTERM,
    seconds: float = 120,
    descriptors: Sequence[int] = (),
) -> Iterator[None]:
    """Run a server until the block ends.

    ``ready`` is asked until it says yes; if it never does, the log is the message of the failure.
    """
    with log.open("wb") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=user,
            group=user_group(user),
            extra_groups=[] if user else None,
            env=os.environ | (environment or {}),
            preexec_fn=die_with_parent,
            pass_fds=descriptors,
        )
    try:
        wait_until(ready, child, log, seconds)
        yield
    finally:
        child.send_signal(stop_with)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(10)


def wait_until(
    ready: Callable[[], bool], child: "subprocess.Popen[bytes]", log: Path, seconds: float
) -> None:
    """Wait for a server to answer, or fail with the end of its log."""
    with suppress(AssertionError):
        until(lambda: ready() or child.poll() is not None, seconds)
    if not ready():
        raise MissingPart(f"{child.args!r} does not start: {log.read_text(errors='replace')[-2000:]}")


def user_group(user: str | None) -> int | None:
    """The main group of a user of this machine."""
    if user is None:
        return None
    import pwd

    return pwd.getpwnam(user).pw_gid

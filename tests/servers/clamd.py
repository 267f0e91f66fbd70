"""ClamAV's daemon with two signatures of our own: the EICAR test file and a harmless marker.

Debian ships no signature database, and the real one is fetched from the internet: neither is needed to
prove that an infected file is refused, that a clean one passes, and that an archive is looked into.
"""

import hashlib
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tests.servers.process import free_port, running
from tooling.parts import MissingPart, from_debian

# The standard test file of the antivirus industry, in two halves so that no scanner stops at this source.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MARKER = b"guichet-sejour-harmless-infected-marker"


def program() -> str:
    """The path of ``clamd``."""
    known = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if known:
        return known
    if from_debian("clamav-daemon") and (known := shutil.which("clamd", path="/usr/sbin")):
        return known
    raise MissingPart("The antivirus is missing: install the package clamav-daemon (it brings clamd).")


def write_signatures(folder: Path) -> None:
    """The formats are ClamAV's own: digest:size:name, and name:target:offset:hexadecimal bytes."""
    folder.mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (folder / "local.hdb").write_text(f"{digest}:{len(EICAR)}:Test.Eicar\n")
    (folder / "local.ndb").write_text(f"Test.Marker:0:*:{MARKER.hex()}\n")


def write_settings(home: Path, port: int) -> Path:
    """Only the loopback address; the stream limit is above the largest document we take."""
    lines = {
        "DatabaseDirectory": home / "signatures",
        "TCPSocket": port,
        "TCPAddr": "127.0.0.1",
        "Foreground": "yes",
        "StreamMaxLength": "25M",
        "LogSyslog": "no",
        "TemporaryDirectory": home,
        "MaxThreads": 4,
        "ConcurrentDatabaseReload": "no",
    }
    path = home / "clamd.conf"
    path.write_text("".join(f"{name} {value}\n" for name, value in lines.items()))
    return path


def pongs(port: int) -> bool:
    """Whether clamd answers PING on this port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"zPING\0")
            return connection.recv(16).startswith(b"PONG")
    except OSError:
        return False


@contextmanager
def clamd() -> Iterator[str]:
    """Run clamd until the block ends; gives what ANTIVIRUS_URL holds."""
    home = Path(tempfile.mkdtemp(prefix="guichet-clamd-"))
    try:
        write_signatures(home / "signatures")
        port = free_port()
        command = [program(), "--config-file", str(write_settings(home, port))]
        with running(command, home / "log", partial(pongs, port)):
            yield f"clamd://127.0.0.1:{port}"
    finally:
        shutil.rmtree(home, ignore_errors=True)

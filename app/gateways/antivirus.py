"""The virus scanner. One that is off, full or away has not scanned: that is never the same as clean."""

import socket
import struct
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.variables import BadValue, address

TIMEOUT_SECONDS = 15
_CHUNK = 1 << 16
# The standard harmless sample (EICAR), in two parts so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Verdict(StrEnum):
    """What a scanner says of a file."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Scanner(Protocol):
    """Looks for viruses."""

    def scan(self, data: bytes) -> Verdict:
        """The verdict on a file; never raises."""


@dataclass(frozen=True)
class DemonstrationScanner:
    """Knows the standard sample and nothing else."""

    def scan(self, data: bytes) -> Verdict:
        return Verdict.INFECTED if EICAR in data else Verdict.CLEAN


@dataclass(frozen=True)
class Clamd:
    """ClamAV's daemon, by its INSTREAM command (clamd(8)). `path` is a Unix socket, else host and port."""

    path: str = ""
    host: str = ""
    port: int = 3310

    def scan(self, data: bytes) -> Verdict:
        try:
            with self._connect() as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), _CHUNK):
                    part = data[start : start + _CHUNK]
                    connection.sendall(struct.pack(">I", len(part)) + part)
                connection.sendall(struct.pack(">I", 0))
                answer = self._answer(connection)
        except OSError:
            return Verdict.NOT_SCANNED
        if answer.endswith(b" FOUND"):
            return Verdict.INFECTED
        return Verdict.CLEAN if answer == b"stream: OK" else Verdict.NOT_SCANNED

    def _connect(self) -> socket.socket:
        if not self.path:
            return socket.create_connection((self.host, self.port), timeout=TIMEOUT_SECONDS)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT_SECONDS)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection

    def _answer(self, connection: socket.socket) -> bytes:
        answer = b""
        while part := connection.recv(4096):
            answer += part
            if answer.endswith(b"\0"):
                break
        return answer.rstrip(b"\0\n").strip()


def self_check(scanner: Scanner) -> bool:
    """Whether a scanner finds the standard sample and lets a harmless text through."""
    return scanner.scan(EICAR) is Verdict.INFECTED and scanner.scan(b"a harmless text") is Verdict.CLEAN


def from_url(url: str) -> Scanner:
    """`clamd://host:port`, `clamd:/path/of/socket`, or `demo:` which only a demonstration may use."""
    if url == "demo:":
        return DemonstrationScanner()
    if not url.startswith("clamd:"):
        raise BadValue("begins with neither clamd: nor demo:")
    parts = address(url, host_needed=False)
    if not parts.hostname and not parts.path:
        raise BadValue("names neither a host nor a socket")
    if parts.hostname:
        return Clamd(host=parts.hostname, port=parts.port or 3310)
    return Clamd(path=parts.path)

"""Virus scanners. One that is off, full or unreachable answers NOT_SCANNED, which never counts as clean."""

import socket
import ssl
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol, cast

from app.outside import Away, Part, cut_after
from app.packages import from_package
from app.variables import BadValue, address

CONNECT_SECONDS = 2.0
WHOLE_SECONDS = 5.0  # the worker asks again
TRUST_SECONDS = 300.0  # after which a scanner is asked again with a bad and a good file
_CHUNK = 1 << 16
# The standard harmless sample (EICAR), in two parts so that scanners do not report this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Verdict(StrEnum):
    """The result of a scan."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class Scanner(Protocol):
    """A virus scanner. One that is not `near` is a service of its own: the worker asks it, never a request."""

    @property
    def near(self) -> bool:
        """Whether it answers within this process, at once."""

    def scan(self, data: bytes) -> Verdict:
        """Return the verdict on a file; never raises."""


@dataclass(frozen=True)
class DemonstrationScanner:
    """A scanner that recognises the EICAR sample only."""

    near = True

    def scan(self, data: bytes) -> Verdict:
        return Verdict.INFECTED if EICAR in data else Verdict.CLEAN


@dataclass(frozen=True)
class Clamd:
    """ClamAV's daemon, through its INSTREAM command (clamd(8)); a Unix socket if `path` is set, else TCP.

    The daemon speaks no TLS: where a connection is `encrypted`, something before it does, as stunnel.
    """

    path: str = ""
    host: str = ""
    port: int = 3310
    encrypted: bool = False
    near = False
    part: Part = field(default_factory=lambda: Part("antivirus"), compare=False, repr=False)

    def scan(self, data: bytes) -> Verdict:
        try:
            with (
                self.part.call(),
                self._connect() as connection,
                cut_after(WHOLE_SECONDS, lambda: connection),
            ):
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(data), _CHUNK):
                    part = data[start : start + _CHUNK]
                    connection.sendall(struct.pack(">I", len(part)) + part)
                connection.sendall(struct.pack(">I", 0))
                answer = self._answer(connection)
        except (Away, OSError):
            return Verdict.NOT_SCANNED
        if answer.endswith(b" FOUND"):
            return Verdict.INFECTED
        return Verdict.CLEAN if answer == b"stream: OK" else Verdict.NOT_SCANNED

    def signatures_at(self) -> datetime | None:
        """Return the day of the signatures; None where the daemon does not say, as without a downloaded database."""
        try:
            with (
                self.part.call(),
                self._connect() as connection,
                cut_after(WHOLE_SECONDS, lambda: connection),
            ):
                connection.sendall(b"zVERSION\0")
                answer = self._answer(connection).decode("ascii", "replace")
            # ClamAV 1.0.7/27123/Mon Nov 23 08:31:02 2026, in the time of its machine
            return datetime.strptime(answer.split("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
        except (Away, OSError, IndexError, ValueError):
            return None

    def _connect(self) -> socket.socket:
        if not self.path:
            connection = socket.create_connection((self.host, self.port), timeout=CONNECT_SECONDS)
            connection.settimeout(WHOLE_SECONDS)
            return self._wrapped(connection) if self.encrypted else connection
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        connection.settimeout(WHOLE_SECONDS)
        return connection

    def _wrapped(self, connection: socket.socket) -> socket.socket:
        try:
            return ssl.create_default_context().wrap_socket(connection, server_hostname=self.host)
        except OSError:
            connection.close()
            raise

    def _answer(self, connection: socket.socket) -> bytes:
        answer = b""
        while part := connection.recv(4096):
            answer += part
            if answer.endswith(b"\0"):
                break
        return answer.rstrip(b"\0\n").strip()


def self_check(scanner: Scanner) -> bool:
    """Return whether a scanner detects the EICAR sample and passes a harmless text."""
    return scanner.scan(EICAR) is Verdict.INFECTED and scanner.scan(b"a harmless text") is Verdict.CLEAN


def signatures_at(scanner: Scanner) -> datetime | None:
    """Return the day of a scanner's signatures; None where it does not say."""
    asked = scanner.scanner if isinstance(scanner, Trusted) else scanner
    return asked.signatures_at() if isinstance(asked, Clamd) else None


@dataclass
class Trusted:
    """A scanner whose "clean" counts only while it tells a bad file from a good one, which is asked again and again.

    A daemon without its signatures answers that every file is clean.
    """

    scanner: Scanner
    clock: Callable[[], float] = time.monotonic
    until: float = 0.0

    @property
    def near(self) -> bool:
        return self.scanner.near

    def scan(self, data: bytes) -> Verdict:
        verdict = self.scanner.scan(data)
        return Verdict.NOT_SCANNED if verdict is Verdict.CLEAN and not self._tells() else verdict

    def _tells(self) -> bool:
        if self.clock() >= self.until and self_check(self.scanner):
            self.until = self.clock() + TRUST_SECONDS
        return self.clock() < self.until


def from_url(url: str) -> Scanner:
    """Return the scanner of `clamd://host:port`, `clamds://host:port` (TLS), `clamd:/path/of/socket` or `demo:`."""
    if url == "demo:":
        return DemonstrationScanner()
    if not url.startswith(("clamd:", "clamds:")):
        return cast(Scanner, from_package("antivirus", url, "begins with neither clamd: nor demo:"))
    parts = address(url, host_needed=False)
    if not parts.hostname and not parts.path:
        raise BadValue("names neither a host nor a socket")
    if parts.hostname:
        encrypted = parts.scheme == "clamds"
        return Trusted(Clamd(host=parts.hostname, port=parts.port or 3310, encrypted=encrypted))
    if parts.scheme == "clamds":
        raise BadValue("names no host: a socket needs no TLS")
    return Trusted(Clamd(path=parts.path))

"""Files that people send, from any page: counted for their sender, examined, scanned now or by the worker."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from app.domain.rules.uploads import Refusal, Refused, Scan
from app.gateways.antivirus import Scanner, Verdict
from app.intake import Accepted, examine
from app.services.access import throttles
from app.services.access.limits import FILES
from app.services.access.origins import Origin
from app.storage.files import FileStore
from app.storage.models import Upload


@dataclass(frozen=True)
class Sent:
    """A file as it was sent: its name, for display only, and its bytes; the claimed media type is ignored.

    `upload` is set for one that came in pieces.

    The bytes of a file on the disk are read when they are asked for: of a request, one file at a time is in memory.
    """

    name: str
    given: bytes | IO[bytes] | Callable[[], bytes]
    upload: Upload | None = None

    @property
    def content(self) -> bytes:
        """All bytes of the file."""
        if isinstance(self.given, bytes):
            return self.given
        if callable(self.given):
            return self.given()
        self.given.seek(0)
        return self.given.read()

    @property
    def shown_name(self) -> str:
        """The end of the name, as long as it is stored."""
        return self.name[-120:]


@dataclass(frozen=True)
class Received:
    """A file as it is to be stored. `original` is what was sent, for a scanner that only the worker asks."""

    file: Accepted
    original: bytes | None

    def store(self, key: str, files: FileStore) -> dict[str, str]:
        """Write the file under its key, the original beside it until it is scanned; return the columns of its row."""
        files.put(key, self.file.content)
        if self.original is None:
            return {"key": key, "scan": Scan.CLEAN, "original_key": ""}
        files.put(f"{key}.original", self.original)
        return {"key": key, "scan": Scan.WAITING, "original_key": f"{key}.original"}


def receive(sent: Sent, source: str, scanner: Scanner, now: datetime) -> Received | Refused:
    """Return a file as it is to be stored, or why it is refused.

    `source` is who sends it, an account, an agent or an address: its files are counted before one is examined. A scanner
    of its own process or host may hang: the worker asks it, and nobody opens the file before it has answered.
    """
    if sent.upload is None:  # the others were counted when they began
        try:
            throttles.attempt(FILES, "", Origin(source), now)
        except throttles.TooSoon:
            return Refused(Refusal.BUSY)
    content = sent.content
    outcome = examine(content, source=source)
    if isinstance(outcome, Refused):
        return outcome
    verdict = scanner.scan(content) if scanner.near else Verdict.NOT_SCANNED
    if verdict is Verdict.INFECTED:
        return Refused(Refusal.INFECTED)
    return Received(outcome, None if verdict is Verdict.CLEAN else content)

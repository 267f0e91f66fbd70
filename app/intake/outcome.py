"""The result of examining a file."""

from dataclasses import dataclass

from app.domain.rules.uploads import Refusal, Refused


@dataclass(frozen=True)
class Accepted:
    """A file as it is stored; `preview` is a JPEG thumbnail of its first page."""

    content: bytes
    media_type: str
    extension: str
    pages: int
    preview: bytes | None
    sha256: str


Outcome = Accepted | Refused


class Unfit(Exception):
    """Raised inside the examination to refuse the file."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.refused = Refused(reason)

"""What comes of examining a file."""

from dataclasses import dataclass

from app.domain.rules.uploads import Refusal, Refused


@dataclass(frozen=True)
class Accepted:
    """A file as it is kept: re-encoded or checked by us, with a small picture of it where there is one."""

    content: bytes
    media_type: str
    extension: str
    pages: int
    preview: bytes | None
    sha256: str


Outcome = Accepted | Refused


class Unfit(Exception):
    """Raised inside the examination to end it with a refusal."""

    def __init__(self, reason: Refusal, **values: object) -> None:
        super().__init__(reason)
        self.refused = Refused(reason, values)

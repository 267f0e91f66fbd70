"""What comes of examining a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.rules.uploads import Refusal


@dataclass(frozen=True)
class Accepted:
    """A file as it is kept: re-encoded or checked by us, with a small picture of it where there is one."""

    content: bytes
    media_type: str
    extension: str
    pages: int
    preview: bytes | None
    sha256: str


@dataclass(frozen=True)
class Refused:
    """Why a file is not kept; `values` fill the sentence of the reason."""

    reason: Refusal
    values: Mapping[str, object] = field(default_factory=dict)


Outcome = Accepted | Refused


class Unfit(Exception):
    """Raised inside the examination to end it with a refusal."""

    def __init__(self, reason: Refusal, **values: object) -> None:
        super().__init__(reason)
        self.refused = Refused(reason, values)

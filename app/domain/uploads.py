"""What may be uploaded: one table of limits, and for each refusal what is wrong and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.text import N_


@dataclass(frozen=True)
class Limits:
    """Bounds of one file and one supporting document, shown before choosing and enforced."""

    max_bytes: int = 10_000_000
    max_files_a_slot: int = 10
    max_pages: int = 30
    max_pixels: int = 60_000_000


LIMITS = Limits()


class Refusal(StrEnum):
    """Why a file is not kept."""

    NOTHING_CHOSEN = "nothing_chosen"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN_FORMAT = "unknown_format"
    HEIC = "heic"
    WORD = "word"
    ARCHIVE = "archive"
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE = "active"
    INFECTED = "infected"
    TOO_MANY_FILES = "too_many_files"


REASONS: dict[Refusal, str] = {one: N_("« %(name)s » ne peut pas être gardé.") for one in Refusal}
CURES: dict[Refusal, str] = {one: N_("Envoyez une photo JPG ou un PDF.") for one in Refusal}

"""Messages between the service and the process that examines a file: a JSON header, then bytes of stated sizes.

Nothing that the process answers is trusted: every value is checked against the tables of the service.
"""

import hashlib
import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.domain.rules.uploads import Limits, Refusal, Refused
from app.intake.outcome import Accepted, Outcome

# How a file is handed over: what it takes is known to be little, or not known, or its sender has used much lately.
CHEAP, QUICK, SLOW = b"c", b"f", b"s"
LENGTH = struct.Struct(">I")
MOST_HEADER_BYTES = 4_096
MOST_CONTENT_BYTES = 60_000_000
MOST_PREVIEW_BYTES = 60_000
EXTENSIONS = {"application/pdf": "pdf", "image/jpeg": "jpg"}
_STARTS = {"application/pdf": b"%PDF-", "image/jpeg": b"\xff\xd8\xff"}

Read = Callable[[int], bytes]


class Unexpected(Exception):
    """The process answered something that is no answer."""


@dataclass(frozen=True)
class Question:
    """A file to examine or to draw, its limits, and the layers of confinement without which it is not examined."""

    data: bytes
    limits: Limits
    needed: frozenset[str] = frozenset()
    page: int = 0  # of a PDF that we wrote, counted from 1: to be drawn; 0: the file is to be examined


def question(asked: Question) -> bytes:
    """Return the message that sends a file."""
    header = {
        "size": len(asked.data),
        "max_pages": asked.limits.max_pages,
        "max_pixels": asked.limits.max_pixels,
        "needed": sorted(asked.needed),
        "page": asked.page,
    }
    return _message(header) + asked.data


def read_question(read: Read) -> Question:
    """Return a file and what goes with it; `read(count)` returns that many bytes."""
    header = json.loads(read(LENGTH.unpack(read(LENGTH.size))[0]))
    limits = Limits(max_pages=header["max_pages"], max_pixels=header["max_pixels"])
    return Question(read(header["size"]), limits, frozenset(header["needed"]), header["page"])


def answer(outcome: Outcome, layers: list[str]) -> bytes:
    """Return the message that answers with an outcome; `layers` are those that confine the process."""
    if isinstance(outcome, Refused):
        return _message({"layers": layers, "reason": outcome.reason.value})
    preview = outcome.preview or b""
    header = {
        "layers": layers,
        "media_type": outcome.media_type,
        "pages": outcome.pages,
        "size": len(outcome.content),
        "preview": len(preview),
    }
    return _message(header) + outcome.content + preview


def read_answer(read: Read, limits: Limits) -> tuple[Outcome, frozenset[str]]:
    """Return the outcome and the layers that confined the process.

    Raises Unexpected for an answer that the examination never gives.
    """
    header = _header(read)
    layers = header.get("layers")
    if not isinstance(layers, list) or not all(isinstance(layer, str) for layer in layers):
        raise Unexpected("layers")
    if "reason" in header:
        return Refused(_reason(header["reason"])), frozenset(layers)
    media_type = header.get("media_type")
    if not isinstance(media_type, str) or media_type not in EXTENSIONS:
        raise Unexpected("media type")
    pages = _count(header, "pages", limits.max_pages)
    content = read(_count(header, "size", MOST_CONTENT_BYTES))
    preview_size = _count(header, "preview", MOST_PREVIEW_BYTES, least=0)
    preview = read(preview_size) if preview_size else None
    if not content.startswith(_STARTS[media_type]):
        raise Unexpected("content")
    if preview and not preview.startswith(_STARTS["image/jpeg"]):
        raise Unexpected("preview")
    digest = hashlib.sha256(content).hexdigest()
    return Accepted(content, media_type, EXTENSIONS[media_type], pages, preview, digest), frozenset(layers)


def _message(header: dict[str, object]) -> bytes:
    text = json.dumps(header).encode()
    return LENGTH.pack(len(text)) + text


def _header(read: Read) -> dict[str, Any]:
    size = LENGTH.unpack(read(LENGTH.size))[0]
    if size > MOST_HEADER_BYTES:
        raise Unexpected("header")
    try:
        header = json.loads(read(size))
    except (ValueError, RecursionError):
        raise Unexpected("header") from None
    if not isinstance(header, dict):
        raise Unexpected("header")
    return header


def _reason(value: object) -> Refusal:
    try:
        return Refusal(value)  # type: ignore[arg-type]  # anything may come: ValueError
    except ValueError:
        raise Unexpected("reason") from None


def _count(header: dict[str, Any], name: str, most: int, least: int = 1) -> int:
    value = header.get(name)
    # A bool is an int.
    if type(value) is not int or not least <= value <= most:
        raise Unexpected(name)
    return value

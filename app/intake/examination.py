"""Examine one file. Runs in the sandbox process only."""

import hashlib

from app.domain.rules.uploads import Limits, Refusal
from app.intake import images, pdfs
from app.intake.formats import Format, recognise
from app.intake.outcome import Accepted, Outcome, Unfit


def look(data: bytes, limits: Limits) -> Outcome:
    """Keep or refuse a file, believing nothing but its bytes."""
    try:
        if len(data) > limits.max_bytes:
            raise Unfit(Refusal.TOO_LARGE, max=limits.max_bytes // 1_000_000)
        known = recognise(data)
        return _pdf(data, limits) if known is Format.PDF else _picture(data, known, limits)
    except Unfit as unfit:
        return unfit.refused


def _pdf(data: bytes, limits: Limits) -> Accepted:
    return _accepted(data, "application/pdf", "pdf", pdfs.check(data, limits), None)


def _picture(data: bytes, known: Format, limits: Limits) -> Accepted:
    whole = images.pages(data, known, limits)
    small = images.preview(whole[0])
    if len(whole) > 1:
        return _accepted(images.bind(whole), "application/pdf", "pdf", len(whole), small)
    return _accepted(images.encode(whole[0]), "image/jpeg", "jpg", 1, small)


def _accepted(content: bytes, media_type: str, extension: str, count: int, small: bytes | None) -> Accepted:
    return Accepted(content, media_type, extension, count, small, hashlib.sha256(content).hexdigest())

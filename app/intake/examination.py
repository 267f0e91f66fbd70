"""Examination of one file, run in a confined process only."""

import hashlib

from app.domain.rules.uploads import Limits
from app.intake import images, pdfs
from app.intake.formats import Format, recognise
from app.intake.outcome import Accepted, Outcome, Unfit


def look(data: bytes, limits: Limits) -> Outcome:
    """Return the file as it is to be stored, or the refusal; only its bytes are trusted."""
    try:
        known = recognise(data)
        return _pdf(data, limits) if known is Format.PDF else _picture(data, known, limits)
    except Unfit as unfit:
        return unfit.refused


def draw(data: bytes, page: int) -> Outcome:
    """Return a page of a PDF that we wrote, counted from 1, as a picture, or the refusal."""
    try:
        return _accepted(images.encode(pdfs.draw(data, page)), "image/jpeg", "jpg", 1, None)
    except Unfit as unfit:
        return unfit.refused


def _pdf(data: bytes, limits: Limits) -> Accepted:
    written = pdfs.write_anew(data, limits)
    return _accepted(written.content, "application/pdf", "pdf", written.pages, images.preview(written.first))


def _picture(data: bytes, known: Format, limits: Limits) -> Accepted:
    pages = images.pages(data, known, limits)
    preview = images.preview(pages[0])
    if len(pages) > 1:
        return _accepted(images.bind(pages), "application/pdf", "pdf", len(pages), preview)
    return _accepted(images.encode(pages[0]), "image/jpeg", "jpg", 1, preview)


def _accepted(content: bytes, media_type: str, extension: str, count: int, preview: bytes | None) -> Accepted:
    return Accepted(content, media_type, extension, count, preview, hashlib.sha256(content).hexdigest())

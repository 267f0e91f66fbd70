"""PDFs: stored unchanged if they have no active content."""

import logging
import warnings
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from app.domain.rules.uploads import Limits, Refusal
from app.intake.outcome import Unfit

# Keys and action types by which a PDF runs something or carries another file (ISO 32000-1, §12.6, §7.11.4).
_KEYS = frozenset({"/JavaScript", "/JS", "/EmbeddedFiles", "/EF", "/RichMedia", "/XFA"})
_ACTIONS = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"})
_MOST_OBJECTS = 50_000

_DAMAGE = (PyPdfError, OSError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError)

logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def check(data: bytes, limits: Limits) -> int:
    """Return the number of pages of a PDF that is intact, not encrypted and without active content; Unfit otherwise."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(BytesIO(data), strict=False)
            if reader.is_encrypted:
                raise Unfit(Refusal.ENCRYPTED)
            count = len(reader.pages)
            _inspect(reader)
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None
    if count == 0:
        raise Unfit(Refusal.UNREADABLE)
    if count > limits.max_pages:
        raise Unfit(Refusal.TOO_MANY_PAGES, max=limits.max_pages)
    return count


def _inspect(reader: PdfReader) -> None:
    """Inspect every object of the file, also those that no page refers to."""
    numbers = {number for table in reader.xref.values() for number in table} | set(reader.xref_objStm)
    if len(numbers) > _MOST_OBJECTS:
        raise Unfit(Refusal.UNREADABLE)
    for number in numbers:
        _walk(IndirectObject(number, 0, reader).get_object(), 0)
    _walk(reader.trailer, 0)


def _walk(node: Any, depth: int) -> None:
    if depth > 50:
        raise Unfit(Refusal.UNREADABLE)
    if isinstance(node, DictionaryObject):
        if _KEYS & node.keys() or ("/S" in node and node.raw_get("/S") in _ACTIONS):
            raise Unfit(Refusal.ACTIVE)
        for key in node:
            _walk(node.raw_get(key), depth + 1)
    elif isinstance(node, ArrayObject):
        for item in node:
            _walk(item if not isinstance(item, IndirectObject) else None, depth + 1)

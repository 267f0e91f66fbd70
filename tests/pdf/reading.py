"""What a reader gets out of a PDF."""

import unicodedata
from io import BytesIO

from pypdf import PdfReader


def read(pdf: bytes) -> PdfReader:
    """The document, opened."""
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All its text, composed, on one line, spaces made single."""
    pages = "\n".join(page.extract_text() for page in read(pdf).pages)
    return unicodedata.normalize("NFC", " ".join(pages.split()))

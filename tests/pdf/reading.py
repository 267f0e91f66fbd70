"""What a reader gets out of a PDF."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream


def read(pdf: bytes) -> PdfReader:
    """The document, opened."""
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All its text, composed, on one line, spaces made single."""
    pages = "\n".join(page.extract_text() for page in read(pdf).pages)
    return unicodedata.normalize("NFC", " ".join(pages.split()))


@dataclass(frozen=True)
class Drawn:
    """A glyph that a page draws: its code in its font, what the font says it stands for, whether the font is embedded."""

    code: int
    text: str
    embedded: bool


def drawn(pdf: bytes) -> Iterator[Drawn]:
    """Every glyph that is drawn, in the order of the page's content: from left to right in a line."""
    for page in read(pdf).pages:
        fonts = page["/Resources"]["/Font"]
        font: Any = None
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator == b"Tf":
                font = fonts[operands[0]]
                texts = _texts(font["/ToUnicode"].get_data().decode()) if "/ToUnicode" in font else {}
                embedded = "/FontFile2" in font.get("/FontDescriptor", {})
            if operator == b"Tj":
                yield from (Drawn(code, texts.get(code, ""), embedded) for code in operands[0].original_bytes)


def _texts(cmap: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]*)>\n", cmap.partition("endcodespacerange")[2])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}

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
    """A glyph that a page draws: its code in its font, what the font says it stands for, whether the font is embedded,
    and the page and number of the piece it is in, None for an artifact."""

    code: int
    text: str
    embedded: bool
    piece: tuple[int, int] | None


def drawn(pdf: bytes) -> Iterator[Drawn]:
    """Every glyph that is drawn, in the order of the page's content: from left to right in a line."""
    for place, page in enumerate(read(pdf).pages):
        fonts = page["/Resources"]["/Font"]
        font: Any = None
        piece = None
        for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
            if operator == b"Tf":
                font = fonts[operands[0]]
                texts = _texts(font["/ToUnicode"].get_data().decode()) if "/ToUnicode" in font else {}
                embedded = "/FontFile2" in font.get("/FontDescriptor", {})
            if operator == b"BDC":
                piece = place, int(operands[1]["/MCID"])
            if operator == b"EMC":
                piece = None
            if operator == b"Tj":
                for code in operands[0].original_bytes:
                    yield Drawn(code, texts.get(code, ""), embedded, piece)


def _texts(cmap: str) -> dict[int, str]:
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]*)>\n", cmap.partition("endcodespacerange")[2])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


@dataclass(frozen=True)
class Said:
    """What a screen reader says of a part: its kind and those around it, its language, its words."""

    kinds: tuple[str, ...]
    language: str
    words: str


def said(pdf: bytes) -> list[Said]:
    """What a screen reader says of a document, in its order: the parts of the structure tree that hold something."""
    texts: dict[tuple[int, int], str] = {}
    for glyph in drawn(pdf):
        if glyph.piece is not None:
            texts[glyph.piece] = texts.get(glyph.piece, "") + glyph.text
    document = read(pdf)
    pages = {page.indirect_reference.idnum: place for place, page in enumerate(document.pages)}
    root: Any = document.trailer["/Root"]

    def under(part: Any, kinds: tuple[str, ...], language: str) -> Iterator[Said]:
        kinds, language = (*kinds, part["/S"][1:]), part.get("/Lang", language)
        inside = [kid.get_object() for kid in part.get("/K", ())]
        own = [kid for kid in inside if kid.get("/Type") == "/MCR"]
        words = "".join(texts.get((pages[kid.raw_get("/Pg").idnum], kid["/MCID"]), "") for kid in own)
        words = " ".join(unicodedata.normalize("NFC", part.get("/Alt", words)).split())
        if own:
            yield Said(kinds, language, words)
        for kid in inside:
            if kid.get("/Type") == "/StructElem":
                yield from under(kid, kinds, language)

    return list(under(root["/StructTreeRoot"]["/K"], (), root["/Lang"]))

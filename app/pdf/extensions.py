"""Changes to private names of xhtml2pdf 0.2.28, hence pinned, that let it order shaped glyphs and part words.

The engine measures, wraps and orders letters. A shaped glyph is a letter for it, under a private code point whose
direction it has to know.
"""

import re
from collections.abc import Iterable

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.textobject import PDFTextObject
from xhtml2pdf import bidi, util
from xhtml2pdf.default import DEFAULT_FONT

from app.pdf.faces import Face

# Private code points of placed glyphs: read from the left in plane 15; from the right in plane 16, Arabic last.
LEFT, RIGHT, ARABIC, END = 0xF0000, 0x100000, 0x108000, 0x10FFFD
_FROM_RIGHT = re.compile(f"[{chr(RIGHT)}-{chr(END)}]")


def extend_engine() -> None:
    """Give the engine the direction of private code points, and spaces at the end of lines; call once in a process."""
    _end_lines_with_a_space()
    letters_only = bidi._bidi_classes

    def classes(text: str) -> list[str]:
        found: list[str] = letters_only(text)
        if _FROM_RIGHT.search(text) is None:
            return found
        return [_class(letter, known) for letter, known in zip(text, found, strict=True)]

    bidi._bidi_classes = classes
    bidi._NEEDS_BIDI = re.compile(f"{bidi._NEEDS_BIDI.pattern}|{_FROM_RIGHT.pattern}")


def _class(letter: str, known: str) -> str:
    """Return the class of UAX #9; Arabic has its own, as numbers after it are ordered in another way (W2)."""
    code = ord(letter)
    return known if code < RIGHT else "R" if code < ARABIC else "AL"


def clear_coverage(faces: Iterable[str]) -> None:
    """Make the engine read again which letters these faces have, which it does once in a process."""
    for face in faces:
        util._font_coverage.pop(face, None)


def register_family(name: str, regular: Face, bold: Face) -> None:
    """Register a family with the engine under a name for style sheets.

    Once in a process rather than by `@font-face` at each print, so that a page fetches nothing.
    """
    for weight, face in enumerate((regular, bold)):
        pdfmetrics.registerFont(face)
        for italic in (0, 1):
            addMapping(name, weight, italic, face.fontName)
    DEFAULT_FONT[name] = name


def _end_lines_with_a_space() -> None:
    """Put a space, which shows nothing, where a line ends: readers take the words of two lines for one without it."""
    out = PDFTextObject._textOut

    def spaced(self: PDFTextObject, text: str | bytes, TStar: int = 0) -> None:  # noqa: N803 (ReportLab's name)
        space = b" " if isinstance(text, bytes) else " "
        out(self, text + space if TStar else text, TStar)  # type: ignore[operator]  # two kinds of text

    PDFTextObject._textOut = spaced

"""What is changed in xhtml2pdf 0.2.28 so that it orders placed glyphs. These are private names: the version is pinned.

The engine measures, wraps and orders letters; a placed glyph is one of them, under a private code point. It has to know
from which side such a letter is read.
"""

import re
from collections.abc import Iterable

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from xhtml2pdf import bidi, util
from xhtml2pdf.default import DEFAULT_FONT

from app.pdf.faces import Face

# Private code points of placed glyphs: read from the left in plane 15; from the right in plane 16, Arabic last.
LEFT, RIGHT, ARABIC, END = 0xF0000, 0x100000, 0x108000, 0x10FFFD
_FROM_RIGHT = re.compile(f"[{chr(RIGHT)}-{chr(END)}]")


def extend_engine() -> None:
    """Teach the engine placed glyphs, once a process."""
    letters_only = bidi._bidi_classes

    def classes(text: str) -> list[str]:
        found: list[str] = letters_only(text)
        if _FROM_RIGHT.search(text) is None:
            return found
        return [_class(letter, known) for letter, known in zip(text, found, strict=True)]

    bidi._bidi_classes = classes
    bidi._NEEDS_BIDI = re.compile(f"{bidi._NEEDS_BIDI.pattern}|{_FROM_RIGHT.pattern}")


def _class(letter: str, known: str) -> str:
    """The class of UAX #9: numbers after Arabic letters are read otherwise than after Hebrew ones (W2)."""
    code = ord(letter)
    return known if code < RIGHT else "R" if code < ARABIC else "AL"


def forget_coverage(faces: Iterable[str]) -> None:
    """Have the engine look again at what these faces draw: it looks once a process."""
    for face in faces:
        util._font_coverage.pop(face, None)


def know_family(name: str, regular: Face, bold: Face) -> None:
    """Let style sheets name a family.

    Read once a process rather than by `@font-face` at each print, so that a page has nothing at all to fetch.
    """
    for weight, face in enumerate((regular, bold)):
        pdfmetrics.registerFont(face)
        for italic in (0, 1):
            addMapping(name, weight, italic, face.fontName)
    DEFAULT_FONT[name] = name

"""ReportLab fonts with shaped glyphs, for letters that join, stack or move.

A shaped glyph that moves is a glyph of its own, made of the font's glyph and an offset, as fonts make Å of A and a ring.
The engine knows it by a private code point, and measures, wraps, orders and draws it like a letter; the file says what
it stands for. Imports ReportLab: to be imported by the first print.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from struct import calcsize, pack, unpack_from
from typing import Any

import uharfbuzz
from reportlab.pdfbase.ttfonts import TTFont

_SPACE, _NO_BREAK_SPACE = 0x20, 0xA0
_WIDEST_SPACE = 600  # thousandths of the size; those of text families are 220 to 280

# Flags of a part of a composite glyph (OpenType, glyf).
_WORDS, _OFFSETS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80
_KEPT_FLAGS = _OFFSETS | _SCALE | _MORE | _TWO_SCALES | _MATRIX


@dataclass(frozen=True)
class Glyph:
    """A glyph as HarfBuzz places it, in the font's units; `source` is the text it stands for, or nothing."""

    number: int
    advance: int
    right: int
    up: int
    source: str


NOTHING = Glyph(0, 0, 0, 0, "")  # where a weight has fewer glyphs for a word than the other


class _Data(bytearray):
    """The bytes of a font that grows; slices are `bytes`, as ReportLab expects."""

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        return bytes(found) if isinstance(key, slice) else found


class Face(TTFont):
    """A weight of a family, with the shaped glyphs of this process beside its letters."""

    def __init__(self, name: str, path: Path) -> None:
        super().__init__(name, path)
        self._shaper = uharfbuzz.Font(self.hbFace)
        self._own_glyphs = len(self.face.hmetrics)
        self._sources: dict[int, str] = {}
        self._narrow_space()

    def __contains__(self, letter: str) -> bool:
        return ord(letter) in self.face.charToGlyph

    def _narrow_space(self) -> None:
        """Set the space of an emoji family, which is as wide as a picture, to the width usual in text."""
        if self.face.charWidths[_SPACE] > _WIDEST_SPACE:
            width = self.face.unitsPerEm // 4
            self.face.hmetrics[self.face.charToGlyph[_SPACE]] = width, 0
            self.face.charWidths[_SPACE] = self.face.charWidths[_NO_BREAK_SPACE] = self._thousandths(width)

    def _thousandths(self, width: int) -> float:
        """Return a width in thousandths of the letters' size, the unit of a PDF."""
        return width * 1000 / self.face.unitsPerEm

    def shape(self, word: str) -> tuple[Sequence[Glyph], bool]:
        """Return the glyphs of a word of one script, from left to right, and whether it is read from the right."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(word)
        buffer.guess_segment_properties()
        uharfbuzz.shape(self._shaper, buffer)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        from_right = buffer.direction == "rtl"
        sources = _sources(
            word, [info.cluster for info in infos], [at.x_advance for at in places], from_right
        )
        glyphs = [
            Glyph(info.codepoint, max(0, at.x_advance), at.x_offset, at.y_offset, source)
            for info, at, source in zip(infos, places, sources, strict=True)
        ]
        return glyphs, from_right

    def add_code(self, code: int, glyph: Glyph) -> None:
        """Make a private code point stand for a placed glyph."""
        number = glyph.number or self.face.charToGlyph[_SPACE]
        as_it_is = glyph.advance == self._shaper.get_glyph_h_advance(number) and not (glyph.right or glyph.up)
        self.face.charToGlyph[code] = number if as_it_is else self._add(number, glyph)
        self.face.charWidths[code] = self._thousandths(glyph.advance)
        self._sources[code] = glyph.source

    def _add(self, number: int, glyph: Glyph) -> int:
        """Add a glyph that is another one at its place, with its width; return its number."""
        face, table = self.face, self.face.table["glyf"]
        if isinstance(face._ttf_data, bytes):
            # The glyphs go to the end of the data, where more can be added; the last position is where they end.
            data, start, table["length"] = face._ttf_data, table["offset"], face.glyphPos[-1]
            face._ttf_data = _Data(data + data[start : start + table["length"]])
            table["offset"] = len(data)
        start, end = (table["offset"] + position for position in face.glyphPos[number : number + 2])
        moved = _moved(face._ttf_data[start:end], number, glyph.right, glyph.up)
        face._ttf_data += moved
        table["length"] += len(moved)
        face.glyphPos.append(table["length"])
        face.hmetrics.append((glyph.advance, unpack_from(">H", moved, 2)[0] if moved else 0))
        return len(face.hmetrics) - 1

    def remove_codes(self) -> None:
        """Remove every private code point."""
        face, table = self.face, self.face.table["glyf"]
        for code in self._sources:
            del face.charToGlyph[code], face.charWidths[code]
        self._sources.clear()
        del face.hmetrics[self._own_glyphs :], face.glyphPos[self._own_glyphs + 1 :]
        if not isinstance(face._ttf_data, bytes):
            table["length"] = face.glyphPos[-1]
            del face._ttf_data[table["offset"] + table["length"] :]

    def addObjects(self, doc: Any) -> None:  # noqa: N802 (ReportLab's name)
        """Write the font, with a ToUnicode map of our own for subsets with code points above U+FFFF."""
        subsets = self.state[doc].subsets if doc in self.state else []
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            if max(subset) > 0xFFFF:
                font = doc.idToObject["BasicFonts"].dict[name]
                texts = {
                    place: self._sources.get(code, chr(code)) for place, code in enumerate(subset) if code
                }
                doc.idToObject[f"toUnicodeCMap:{font.BaseFont}"].content = _to_unicode(font.BaseFont, texts)


def _moved(data: bytes, number: int, right: int, up: int) -> bytes:
    """Return the composite glyph that draws another one elsewhere (OpenType, glyf); one that draws nothing stays empty.

    A composite glyph is made of the same parts, each moved: parts of parts are not drawn by every program.
    """
    if not data:
        return b""
    contours, *box = unpack_from(">5h", data)
    head = pack(">5h", -1, *(side + move for side, move in zip(box, (right, up, right, up), strict=True)))
    if contours >= 0:
        parts = pack(">HHhh", _WORDS | _OFFSETS, number, right, up)
    else:
        parts = b"".join(_moved_parts(data, right, up))
    return head + parts + bytes(-len(head + parts) % 4)


def _moved_parts(data: bytes, right: int, up: int) -> Iterator[bytes]:
    flags, at = _MORE, 10
    while flags & _MORE:
        flags, number = unpack_from(">HH", data, at)
        form = ">hh" if flags & _WORDS else ">bb"
        x, y = unpack_from(form, data, at + 4)
        at += 4 + calcsize(form)
        scale = 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        yield pack(">HHhh", flags & _KEPT_FLAGS | _WORDS, number, x + right, y + up) + data[at : at + scale]
        at += scale


def _sources(word: str, clusters: Sequence[int], widths: Sequence[int], from_right: bool) -> Sequence[str]:
    """Return what each glyph stands for: the letters of a cluster go to its wide glyphs, one each, the last has the rest.

    Programs that read a file take a wide glyph that stands for nothing for a space between words.
    """
    sources = [""] * len(clusters)
    for start, end in pairwise(sorted({*clusters, len(word)})):
        places = [place for place, cluster in enumerate(clusters) if cluster == start]
        wide = [place for place in places if widths[place]] or places[:1]
        ordered = (wide[::-1] if from_right else wide)[: end - start]
        for offset, place in enumerate(ordered):
            last = offset == len(ordered) - 1
            sources[place] = word[start + offset : end if last else start + offset + 1]
    return sources


def _to_unicode(name: str, texts: Mapping[int, str]) -> str:
    """Return a ToUnicode CMap (ISO 32000-1, 9.10.3), at most a hundred lines a block."""
    lines = [f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>" for place, text in texts.items()]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )

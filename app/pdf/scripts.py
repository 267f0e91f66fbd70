"""Text of any script made printable: composed, isolated, shaped, and transliterated where no font has a letter."""

import re
import unicodedata
import zlib
from functools import lru_cache
from itertools import groupby, zip_longest
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

from app.pdf.extensions import ARABIC, END, LEFT, RIGHT, clear_coverage, register_family
from app.pdf.faces import NOTHING, Face, Glyph
from app.pdf.families import FAMILIES, LATIN, Family

# Letters whose shape or place depends on their neighbours, each script's in one word, joiners inside.
_BLOCKS = (
    "\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "\u0591-\u05f4\ufb1d-\ufb4f",
    "\u0900-\u097f\u1cd0-\u1cff\ua8e0-\ua8ff",
    "\u0980-\u09ff",
    "\u0b80-\u0bff",
    "\u0e00-\u0e7f",
)
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u135d-\u135f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20f0\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
)
_PICTURES, _TONES, _FLAGS = (
    "\u2190-\u2bff\U0001f000-\U0001faff",
    "\U0001f3fb-\U0001f3ff",
    "\U0001f1e6-\U0001f1ff",
)
_WORD = re.compile(
    "|".join(
        [
            *(f"[{block}](?:[{block}\u200c\u200d]*[{block}])?" for block in _BLOCKS),
            f"[^\\s&;<>]?[{_MARKS}]+",
            f"[{_FLAGS}]{{2}}",
            f"[{_PICTURES}](?:[{_TONES}]|\u200d[{_PICTURES}])+",
        ]
    )
)
# Invisible characters: directions are set here, the others print nothing.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_FROM_RIGHT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]+"
_RUN_FROM_RIGHT = re.compile(f"{_FROM_RIGHT}(?:[\\W\\d_]+{_FROM_RIGHT})*")
_ISOLATED = re.compile("[\u2067\u2068](.*?)\u2069")
_ALIKE = {"\u30fb": "\u00b7"}  # the dot between Japanese words, which no font here has
_MOST = 30_000  # placed glyphs kept from one paper to the next
_MOST_MARKS = 30  # in a row, as in UAX #15: a font has no place for the two hundredth above a letter
_REFUSED = ("Cc", "Co", "Cs")  # controls, private use, surrogates: a glyph for them means nothing


class Weights(NamedTuple):
    """A family that has been read: its name in style sheets, and its faces, the same twice if it has one."""

    name: str
    regular: Face
    bold: Face

    def has(self, text: str) -> bool:
        """Return whether both weights can draw every letter of a text."""
        return all(letter in self.regular and letter in self.bold for letter in text)


class FontSet:
    """The fonts of a folder, read when a text needs them, and the glyphs placed until now.

    Raises ReportLab's TTFError if a font that is needed is missing. Not for several threads at once.
    """

    def __init__(self, fonts_dir: Path) -> None:
        self._folder = fonts_dir
        self._read: dict[Family, Weights] = {}
        self._families: dict[str, Family | None] = {}
        self._codes: dict[tuple[Weights, Glyph, Glyph], str] = {}
        self._next = {LEFT: LEFT, RIGHT: RIGHT, ARABIC: ARABIC}
        regular, bold = (face.face.charToGlyph.keys() for face in self.weights(LATIN)[1:])
        self.plain = frozenset(filter(_stands_alone, map(chr, regular & bold))) | frozenset("\n\r\t")

    @property
    def name(self) -> str:
        """Return the name of the Latin family in style sheets."""
        return self.weights(LATIN).name

    def weights(self, family: Family) -> Weights:
        """Return a family; the first call reads it and registers it with the engine."""
        if family not in self._read:
            self._read[family] = _read(family, self._folder)
        return self._read[family]

    def family_of(self, letter: str) -> Family | None:
        """Return the first family that has a letter in both weights, None if no family has it."""
        if letter not in self._families:
            self._families[letter] = next(
                (family for family in FAMILIES if self._draws(family, letter)), None
            )
        return self._families[letter]

    def _draws(self, family: Family, letter: str) -> bool:
        meant = unicodedata.category(letter) not in _REFUSED
        return meant and family.may_have(letter) and self.weights(family).has(letter)

    def printable(self, text: str) -> str:
        """Return a text that can be printed: composed (NFC), with what is read from the right isolated.

        What no font has is transliterated and marked: `[transcription : muhmd]`. Control characters are dropped.
        """
        composed = unicodedata.normalize("NFC", text)
        if self.plain.issuperset(composed):
            return composed
        known = map(self._substitute, _with_few_marks(_UNSEEN.sub("", composed)))
        runs = groupby(known, lambda piece: piece[1])
        fitted = "".join(_transcribed("".join(text for text, _ in run), drawn) for drawn, run in runs)
        return "\n".join(map(_isolated, fitted.replace("] [transcription : ", " ").split("\n")))

    def _substitute(self, letter: str) -> tuple[str, bool]:
        """Return what is printed for a letter, and whether a font has it."""
        if letter in self.plain or self.family_of(letter):
            return letter, True
        if unicodedata.category(letter) == "Cc":
            return "", True
        folded = _ALIKE.get(letter) or unicodedata.normalize("NFKC", letter)
        drawn = folded != letter and all(map(self.family_of, folded))
        return (folded, True) if drawn else (letter, False)

    def shape_page(self, page: str) -> str:
        """Return a page of printable texts with its words shaped, and the families it needs in its style sheet."""
        others = set(page) - self.plain
        if not others:
            return page
        if len(self._codes) > _MOST:
            self._remove_codes()
        head, body_tag, body = page.partition("<body>")
        used = {LATIN, *map(self.family_of, others)}
        names = [f'"{self.weights(family).name}"' for family in FAMILIES if family in used]
        head = _ISOLATED.sub(r"\1", head).replace(names[0], ", ".join(names))
        body = _WORD.sub(lambda found: self._shape(found[0]), body)
        clear_coverage(face.fontName for weights in self._read.values() for face in weights[1:])
        return head + body_tag + body

    def _shape(self, word: str) -> str:
        """Return a word as placed glyphs, in reading order; unchanged if no family has all its letters."""
        read = [self.weights(family) for family in map(self.family_of, word) if family]
        weights = next((family for family in read if family.has(word)), None)
        if weights is None:
            return word
        regular, from_right = weights.regular.shape(word)
        bold, _ = weights.bold.shape(word)
        start = LEFT if not from_right else ARABIC if unicodedata.bidirectional(word[0]) == "AL" else RIGHT
        pairs = list(zip_longest(regular, bold, fillvalue=NOTHING))
        if self._next[start] + len(pairs) > {LEFT: RIGHT, RIGHT: ARABIC, ARABIC: END}[start]:
            return word
        letters = [self._code(weights, plain, heavy, start) for plain, heavy in pairs]
        return "".join(letters[::-1] if from_right else letters)

    def _code(self, weights: Weights, regular: Glyph, bold: Glyph, start: int) -> str:
        """Return the private code point of a placed glyph, given as each weight has it."""
        key = (weights, regular, bold)
        if key not in self._codes:
            code = self._next[start]
            self._next[start] += 1
            self._codes[key] = chr(code)
            weights.regular.add_code(code, regular)
            weights.bold.add_code(code, bold)
        return self._codes[key]

    def _remove_codes(self) -> None:
        for weights in self._read.values():
            weights.regular.remove_codes()
            weights.bold.remove_codes()
        self._codes.clear()
        self._next = {start: start for start in self._next}


def _stands_alone(letter: str) -> bool:
    """Return whether a letter is printed in one way only, from left to right."""
    return not _WORD.match(letter) and not _UNSEEN.match(letter) and unicodedata.category(letter) != "Cf"


def _with_few_marks(text: str) -> str:
    """Return a text without the marks beyond those that can be placed above or below one letter."""
    kept, marks = [], 0
    for letter in text:
        kind = unicodedata.category(letter)
        marks += kind in ("Mn", "Me")
        if kind not in ("Mn", "Me", "Cf"):
            marks = 0
        if marks <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)


def _transcribed(text: str, drawn: bool) -> str:
    if drawn:
        return text
    latin = anyascii(text).strip() or ", ".join(unicodedata.name(letter, "?").lower() for letter in text)
    return f"[transcription : {latin}]"


def _isolated(line: str) -> str:
    """Return a line in which text read from the right moves nothing beside it (UAX #9: RLI, FSI and PDI).

    A line that reads from the right does so even if it begins with a word in other letters: « VLS-TS » in Arabic.
    """
    return (
        f"\u2067{line}\u2069" if reads_from_right(line) else _RUN_FROM_RIGHT.sub("\u2068\\g<0>\u2069", line)
    )


def _read(family: Family, folder: Path) -> Weights:
    name = f"paper {zlib.crc32(bytes(folder / family.package)):08x}"
    files = family.files(folder)
    faces = {path: Face(f"{name} {path.stem}", path) for path in dict.fromkeys(files)}
    regular, bold = (faces[path] for path in files)
    register_family(name, regular, bold)
    return Weights(name, regular, bold)


def reads_from_right(text: str) -> bool:
    """Return whether most letters of a text are read from the right; one name in a French sentence is not enough."""
    sides = [side for side in map(unicodedata.bidirectional, text) if side in ("L", "R", "AL")]
    return sides.count("L") < len(sides) / 2


@lru_cache(maxsize=4)
def font_set(fonts_dir: Path) -> FontSet:
    """Return the fonts of a folder, the same object for each call."""
    return FontSet(fonts_dir)

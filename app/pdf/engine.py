"""PDF rendering of this project's own templates: fonts, missing letters, no network, reproducible bytes."""

import re
import unicodedata
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

ROOT = Path(__file__).resolve().parents[2]
FONTS_DIR = ROOT / "node_modules" / "@expo-google-fonts" / "noto-sans"
REGULAR = Path("400Regular", "NotoSans_400Regular.ttf")
BOLD = Path("700Bold", "NotoSans_700Bold.ttf")

# The date that ReportLab writes into every reproducible file, replaced by `_dated`.
_STAMP = b"D:20000101000000+00'00'"

# In place of the engine's style sheet, which is three times as long and parsed and matched at each print.
_PLAIN_CSS = """
html { font-weight: normal; margin: 0; padding: 0; border: 1px none; display: inline; white-space: normal;
width: auto; height: auto }
body, div, h1, h2, p, table, tr, td { display: block }
h1, h2 { font-weight: bold; -pdf-outline: true }
h1 { -pdf-outline-level: 0 }
h2 { -pdf-outline-level: 1 }
b { font-weight: bold }
tr, td { width: auto }
"""
_PAGES = re.compile(rb"/Count (\d+) /Kids")
_SPACES = frozenset("\n\r\t")


class MissingGlyph(ValueError):
    """Raised for a letter without glyph: a box printed in a name would make the document worthless."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        name = unicodedata.name(letter, "unnamed")
        super().__init__(f"no glyph for U+{ord(letter):04X} {name}")


class PrintingFailed(RuntimeError):
    """Raised when the engine reports an error; its output must not be used."""


@lru_cache(maxsize=4)
def letters(fonts_dir: Path = FONTS_DIR) -> frozenset[str]:
    """Return every character that both weights can print; ReportLab's TTFError if the fonts are missing."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    faces = [TTFontFile(str(fonts_dir / name), charInfo=1) for name in (REGULAR, BOLD)]
    regular, bold = ({chr(code) for code in face.charToGlyph} for face in faces)
    return frozenset(regular & bold) | _SPACES


def printable(text: str, fonts_dir: Path = FONTS_DIR) -> str:
    """Return the text in composed form (NFC); MissingGlyph if a letter cannot be printed."""
    composed = unicodedata.normalize("NFC", text)
    known = letters(fonts_dir)
    if not known.issuperset(composed):
        raise MissingGlyph(next(letter for letter in composed if letter not in known))
    return composed


def spelled(text: str, fonts_dir: Path = FONTS_DIR) -> str:
    """Return the text in composed form (NFC), with letters without glyph as code points: [U+4E2D].

    For free text of an application, which must be printed completely in any script.
    """
    composed = unicodedata.normalize("NFC", text)
    known = letters(fonts_dir)
    return "".join(letter if letter in known else f"[U+{ord(letter):04X}]" for letter in composed)


@lru_cache(maxsize=4)
def family(fonts_dir: Path = FONTS_DIR) -> str:
    """Register the fonts with the engine and return the name of their family for style sheets.

    Once a process rather than by `@font-face` at each print, so that a page fetches nothing.
    """
    from reportlab.lib.fonts import addMapping
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from xhtml2pdf.default import DEFAULT_FONT

    name = f"paper {zlib.crc32(bytes(fonts_dir)):08x}"
    for bold, path in enumerate((REGULAR, BOLD)):
        face = f"{name} {bold}"
        pdfmetrics.registerFont(TTFont(face, fonts_dir / path))
        for italic in (0, 1):
            addMapping(name, bold, italic, face)
    DEFAULT_FONT[name] = name
    return name


@lru_cache(maxsize=4)
def _templates(fonts_dir: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "app" / "templates" / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else printable(str(value), fonts_dir),
    )
    environment.globals["family"] = family(fonts_dir)
    return environment


def print_template(name: str, made_at: datetime, fonts_dir: Path = FONTS_DIR, **values: object) -> bytes:
    """Return the PDF of a template."""
    return print_html(html(name, fonts_dir, **values), made_at)


def html(name: str, fonts_dir: Path = FONTS_DIR, **values: object) -> str:
    """Return a template filled in; each value is checked letter by letter, then escaped."""
    return _templates(fonts_dir).get_template(name).render(values)


def print_html(page: str, made_at: datetime) -> bytes:
    """Return the PDF of a page. The engine may read no file and no URL: no base folder, no network."""
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    target = BytesIO()
    policy = ResourceAccessPolicy.server(allow_remote=False, max_document_bytes=500_000)
    context = _renderer()(page, dest=target, encoding="utf-8", default_css=_PLAIN_CSS, resource_policy=policy)
    if context.err:
        raise PrintingFailed("; ".join(str(entry[2]) for entry in context.log))
    return _dated(target.getvalue(), made_at)


@lru_cache(maxsize=1)
def _renderer() -> Callable[..., Any]:
    """Return the engine, imported at the first print because it takes a second.

    ReportLab's switches are global: reproducible files, and binary streams, which are a quarter smaller.
    """
    from reportlab import rl_config

    rl_config.invariant = 1
    rl_config.useA85 = 0

    from xhtml2pdf.document import pisaDocument

    render: Callable[..., Any] = pisaDocument
    return render


def _dated(pdf: bytes, made_at: datetime) -> bytes:
    """Replace the fixed date by the real one, which has the same length: offsets stay right."""
    stamp = made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode()
    return pdf.replace(_STAMP, stamp)


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a document made here."""
    found = _PAGES.search(pdf)
    if not found:
        raise PrintingFailed("no pages")
    return int(found[1])

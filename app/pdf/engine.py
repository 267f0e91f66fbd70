"""From our own templates to bytes: fonts, letters, confinement, the same bytes for the same facts."""

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

# The one date that ReportLab puts on every reproducible file, which `_dated` mends.
_STAMP = b"D:20000101000000+00'00'"

# In place of the engine's own sheet, three times as long, parsed and matched at each print.
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
    """A letter that the fonts cannot print: refused, for a box in a name makes a worthless document."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        name = unicodedata.name(letter, "unnamed")
        super().__init__(f"no glyph for U+{ord(letter):04X} {name}")


class PrintingFailed(RuntimeError):
    """The engine reported an error; what it made is not to be trusted."""


@lru_cache(maxsize=4)
def letters(fonts_dir: Path = FONTS_DIR) -> frozenset[str]:
    """Every character that both weights can print. ReportLab's TTFError without the fonts."""
    from reportlab.pdfbase.ttfonts import TTFontFile

    faces = [TTFontFile(str(fonts_dir / name), charInfo=1) for name in (REGULAR, BOLD)]
    regular, bold = ({chr(code) for code in face.charToGlyph} for face in faces)
    return frozenset(regular & bold) | _SPACES


def printable(text: str, fonts_dir: Path = FONTS_DIR) -> str:
    """The text in composed form (NFC), or MissingGlyph."""
    composed = unicodedata.normalize("NFC", text)
    known = letters(fonts_dir)
    if not known.issuperset(composed):
        raise MissingGlyph(next(letter for letter in composed if letter not in known))
    return composed


def spelled(text: str, fonts_dir: Path = FONTS_DIR) -> str:
    """The text in composed form, each letter the fonts lack spelled as its code point: [U+4E2D].

    For what people wrote freely in an application: nothing lost, nothing hidden, nobody stuck.
    """
    composed = unicodedata.normalize("NFC", text)
    known = letters(fonts_dir)
    return "".join(letter if letter in known else f"[U+{ord(letter):04X}]" for letter in composed)


@lru_cache(maxsize=4)
def family(fonts_dir: Path = FONTS_DIR) -> str:
    """Name of the font family for style sheets, known to the engine from now on.

    Read once a process rather than by `@font-face` at each print, so that a page has nothing at all to fetch.
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
    """The PDF of one of our templates."""
    return print_html(html(name, fonts_dir, **values), made_at)


def html(name: str, fonts_dir: Path = FONTS_DIR, **values: object) -> str:
    """One of our templates filled in; every value is checked letter by letter, then escaped."""
    return _templates(fonts_dir).get_template(name).render(values)


def print_html(page: str, made_at: datetime) -> bytes:
    """The PDF of a whole page. The engine may read nothing, near or far: no base folder, no network."""
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    target = BytesIO()
    policy = ResourceAccessPolicy.server(allow_remote=False, max_document_bytes=500_000)
    context = _renderer()(page, dest=target, encoding="utf-8", default_css=_PLAIN_CSS, resource_policy=policy)
    if context.err:
        raise PrintingFailed("; ".join(str(entry[2]) for entry in context.log))
    return _dated(target.getvalue(), made_at)


@lru_cache(maxsize=1)
def _renderer() -> Callable[..., Any]:
    """The engine, imported by the first print: a second of start-up that pages need not pay.

    ReportLab's switches belong to the process: reproducible files, and binary streams, a quarter smaller.
    """
    from reportlab import rl_config

    rl_config.invariant = 1
    rl_config.useA85 = 0

    from xhtml2pdf.document import pisaDocument

    render: Callable[..., Any] = pisaDocument
    return render


def _dated(pdf: bytes, made_at: datetime) -> bytes:
    """The real date in place of the fixed one; of the same length, so that no offset moves."""
    stamp = made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode()
    return pdf.replace(_STAMP, stamp)


def page_count(pdf: bytes) -> int:
    """Number of pages of a document made here."""
    found = _PAGES.search(pdf)
    if not found:
        raise PrintingFailed("no pages")
    return int(found[1])

"""PDF rendering of this project's own templates: any letter, tagged, no network, reproducible bytes."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.pdf.families import FONTS_DIR, ROOT

if TYPE_CHECKING:
    from app.pdf.scripts import FontSet

# The date that ReportLab writes into every reproducible file, replaced by `_dated`.
_STAMP = b"D:20000101000000+00'00'"

# In place of the engine's style sheet, which is three times as long and parsed and matched at each print.
_PLAIN_CSS = """
html { font-weight: normal; margin: 0; padding: 0; border: 1px none; display: inline; white-space: normal;
width: auto; height: auto }
body, div, h1, h2, p, table, tr, th, td { display: block }
h1, h2 { font-weight: bold; -pdf-outline: true }
h1 { -pdf-outline-level: 0 }
h2 { -pdf-outline-level: 1 }
b { font-weight: bold }
tr, th, td { width: auto }
"""
_MOST_BYTES = 2_000_000  # thirty answers of 2 000 letters, each told in twenty
# One document at a time in a process: the engine requires it, and shaped glyphs are added to its fonts before each.
_lock = threading.RLock()


class PrintingFailed(RuntimeError):
    """Raised when the engine reports an error; its output must not be used."""


def print_template(name: str, made_at: datetime, fonts_dir: Path = FONTS_DIR, **values: object) -> bytes:
    """Return the PDF of a template."""
    with _lock:
        return print_html(html(name, fonts_dir, **values), made_at)


def html(name: str, fonts_dir: Path = FONTS_DIR, **values: object) -> str:
    """Return a template filled in; each value is made printable and escaped, then the page is shaped."""
    with _lock:
        page = _templates(fonts_dir).get_template(name).render(values)
        return _font_set(fonts_dir).shape_page(page)


def print_html(page: str, made_at: datetime) -> bytes:
    """Return the PDF of a page. The engine may read no file and no URL: no base folder, no network."""
    render = _renderer()
    from xhtml2pdf.config.resources import ResourceAccessPolicy

    from app.pdf import tags
    from app.pdf.tagging import tagged

    target = BytesIO()
    policy = ResourceAccessPolicy.server(allow_remote=False, max_document_bytes=_MOST_BYTES)
    with _lock:
        notes = tags.begin()
        context = render(
            page,
            dest=target,
            encoding="utf-8",
            default_css=_PLAIN_CSS,
            resource_policy=policy,
            capacity=-1,
        )
    if context.err:
        raise PrintingFailed("; ".join(str(entry[2]) for entry in context.log))
    return tagged(_dated(target.getvalue(), made_at), notes)


@lru_cache(maxsize=4)
def _templates(fonts_dir: Path) -> Environment:
    fonts = _font_set(fonts_dir)
    from app.pdf.scripts import reads_from_right

    environment = Environment(
        loader=FileSystemLoader(ROOT / "app" / "templates" / "pdf"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else fonts.printable(str(value)),
    )
    environment.globals |= {"family": fonts.name, "from_right": reads_from_right}
    return environment


def _font_set(fonts_dir: Path) -> "FontSet":
    _renderer()
    from app.pdf.scripts import font_set

    return font_set(fonts_dir)


@lru_cache(maxsize=1)
def _renderer() -> Callable[..., Any]:
    """Return the engine, imported at the first print because it takes a second.

    ReportLab's switches are global: reproducible files, and binary streams, which are a quarter smaller.
    """
    from reportlab import rl_config

    rl_config.invariant = 1
    rl_config.useA85 = 0

    from xhtml2pdf.document import pisaDocument

    from app.pdf.extensions import extend_engine
    from app.pdf.tags import note_elements

    extend_engine()
    note_elements()
    render: Callable[..., Any] = pisaDocument
    return render


def _dated(pdf: bytes, made_at: datetime) -> bytes:
    """Replace the fixed date by the real one, which has the same length: offsets stay right."""
    stamp = made_at.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'").encode()
    return pdf.replace(_STAMP, stamp)


def page_count(pdf: bytes) -> int:
    """Return the number of pages of a document made here."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages)

"""PDFs written anew: pages rebuilt from an allow-list, or drawn where the rebuilt pages do not look the same."""

import logging
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf
from PIL import Image

from app.domain.rules.uploads import Limits, Refusal
from app.intake import pdf_drawing
from app.intake.images import LONGEST_SIDE
from app.intake.outcome import Unfit
from app.intake.pdf_copy import Copier, Uncopyable, Unwanted, array, integer, number
from app.intake.pdf_drawing import Drawing, Undrawable
from app.intake.pdf_grammar import GROUP, LAYERS, PAGE_CONTENT, RESOURCES

_PREVIEW_DPI = 60
_READ_DPI = 150
_DAMAGE = (
    pikepdf.PdfError, pikepdf.DataDecodingError, Undrawable, OSError, ValueError, KeyError, IndexError, TypeError,
    AttributeError, RecursionError, OverflowError, MemoryError, RuntimeError,
)  # fmt: skip

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)
pikepdf.settings.set_qpdf_limits(flate_max_memory=100_000_000, max_stream_filters=3)


@dataclass(frozen=True)
class Written:
    """A PDF that we wrote, its number of pages and a picture of the first."""

    content: bytes
    pages: int
    first: Image.Image


def write_anew(data: bytes, limits: Limits) -> Written:
    """Return a PDF with the same pages and nothing active. Raises Unfit with the reason if that is impossible."""
    try:
        with pikepdf.open(BytesIO(data)) as source:
            _count(source, limits)
            flattened = _flattened(source)
            with pikepdf.open(BytesIO(flattened)) as plain:
                rebuilt = _rebuilt(plain)
        return _certain(Drawing(flattened), rebuilt, limits)
    except pikepdf.PasswordError:
        raise Unfit(Refusal.ENCRYPTED) from None
    except Unfit:
        raise
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None


def draw(data: bytes, page: int) -> Image.Image:
    """Return a page of a PDF that we wrote, counted from 1, as a picture to read. Raises Unfit."""
    try:
        drawing = Drawing(data)
        try:
            return drawing.draw(page - 1, _READ_DPI, LONGEST_SIDE)
        finally:
            drawing.close()
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None


def _count(source: Pdf, limits: Limits) -> None:
    count = len(source.pages)
    if count == 0:
        raise Unfit(Refusal.UNREADABLE)
    if count > limits.max_pages:
        raise Unfit(Refusal.TOO_MANY_PAGES)
    form = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and "/XFA" in form and bool(source.Root.get("/NeedsRendering")):
        # Its pages are made by a program when it is opened: what the file itself holds says "please wait".
        raise Unfit(Refusal.ACTIVE)


def _flattened(source: Pdf) -> bytes:
    """Return the PDF with what was typed into its form, and what was drawn over it, as part of its pages."""
    form = source.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and bool(form.get("/NeedAppearances")):
        source.generate_appearance_streams()
    source.flatten_annotations("screen")
    out = BytesIO()
    # Nothing reads the metadata, which are left out of what is kept.
    source.save(out, encryption=False, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def _rebuilt(source: Pdf) -> bytes | None:
    """Return the pages rebuilt, None if a part of them cannot be."""
    with pikepdf.new() as target:
        copier = Copier(target)
        try:
            for page in source.pages:
                target.pages.append(_page(page.obj, copier))
            if (layers := source.Root.get("/OCProperties")) is not None:
                target.Root["/OCProperties"] = copier.copy(layers, LAYERS)
        except (Uncopyable, Unwanted, pikepdf.PdfError, pikepdf.DataDecodingError, UnicodeDecodeError):
            return None
        out = BytesIO()
        target.save(
            out,
            static_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            fix_metadata_version=False,
        )
        return out.getvalue()


_PAGE = {
    "/MediaBox": array(number),
    "/CropBox": array(number),
    "/Rotate": integer,
    "/UserUnit": number,
    "/Group": GROUP,
    "/Resources": RESOURCES,
    "/Contents": PAGE_CONTENT,
}
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


def _page(page: Any, copier: Copier) -> pikepdf.Page:
    made = Dictionary(Type=Name.Page)
    for key, kind in _PAGE.items():
        value = _inherited(page, key) if key in _INHERITED else page.get(key)
        if value is None:
            continue
        try:
            made[key] = copier.copy(value, kind)
        except Unwanted:
            if key in ("/Contents", "/Resources"):
                raise
    return pikepdf.Page(copier.target.make_indirect(made))


def _inherited(page: Any, key: str) -> Any:
    node = page
    for _ in range(50):
        if not isinstance(node, Dictionary):
            return None
        if key in node:
            return node[key]
        node = node.get("/Parent")
    return None


def _certain(original: Drawing, rebuilt: bytes | None, limits: Limits) -> Written:
    """Return the rebuilt PDF if it looks like the original, else pictures of the original's pages."""
    try:
        content = rebuilt if rebuilt and _looks_like(rebuilt, original) else pdf_drawing.as_pictures(original)
        return Written(content, len(original), original.draw(0, _PREVIEW_DPI))
    finally:
        original.close()


def _looks_like(rebuilt: bytes, original: Drawing) -> bool:
    try:
        drawing = Drawing(rebuilt)
    except Undrawable:
        return False
    try:
        return pdf_drawing.same(original, drawing)
    finally:
        drawing.close()

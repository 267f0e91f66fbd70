"""Pages of a PDF drawn to pictures by PDFium: to compare, to show small, to replace."""

from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

POINTS_AN_INCH = 72
MOST_POINTS = 4_000  # of a side; larger pages are drawn smaller
COMPARED_DPI, DRAWN_DPI = 36, 150
_DIFFERENT = 48  # of 255
_MOST_DIFFERENT = 0.001  # of the pixels of a page

Undrawable = pypdfium2.PdfiumError


class Drawing:
    """An open PDF whose pages can be drawn. Raises Undrawable where PDFium cannot open it."""

    def __init__(self, data: bytes) -> None:
        self._pdf = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._pdf)

    def draw(self, number: int, dpi: int, most_pixels: int = 0) -> Image.Image:
        """Return a page, counted from 0, as a picture in RGB on white; `most_pixels` bounds its sides."""
        page = self._pdf[number]
        try:
            longest = max(*page.get_size(), 1.0)
            scale = dpi / POINTS_AN_INCH * min(1.0, MOST_POINTS / longest)
            if most_pixels:
                scale = min(scale, most_pixels / longest)
            return _rgb(page.render(scale=scale).to_pil())
        finally:
            page.close()

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()


def _rgb(image: Any) -> Image.Image:
    drawn: Image.Image = image.convert("RGB")
    return drawn


def same(first: Drawing, second: Drawing) -> bool:
    """Return whether two PDFs have as many pages, each looking the same."""
    if len(first) != len(second):
        return False
    pages = range(len(first))
    return all(_alike(first.draw(page, COMPARED_DPI), second.draw(page, COMPARED_DPI)) for page in pages)


def _alike(first: Image.Image, second: Image.Image) -> bool:
    if first.size != second.size:
        return False
    difference = ImageChops.difference(first, second).convert("L")
    far = sum(difference.histogram()[_DIFFERENT:])
    return far <= _MOST_DIFFERENT * first.width * first.height


def as_pictures(drawing: Drawing) -> bytes:
    """Return a PDF whose pages are pictures of the pages."""
    out = BytesIO()
    pages = [drawing.draw(number, DRAWN_DPI) for number in range(len(drawing))]
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=DRAWN_DPI, quality=75)
    return out.getvalue()

"""Pictures: decoded, turned upright, stripped of metadata, reduced and encoded again."""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from app.domain.rules.uploads import Limits, Refusal
from app.intake.formats import Format
from app.intake.outcome import Unfit

# About 170 dpi on an A4 page: agents can read small print.
LONGEST_SIDE = 2000
PREVIEW_SIDE = 240
QUALITY = 80

_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, MemoryError)


def pages(data: bytes, known: Format, limits: Limits) -> list[Image.Image]:
    """Return each page of a picture (a TIFF may have several), upright, in RGB, reduced; Unfit if it is damaged."""
    # Checked below on each frame: Pillow raises an error only at twice its own limit.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about metadata, which is discarded
            return list(_frames(data, known, limits))
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None


def _frames(data: bytes, known: Format, limits: Limits) -> Iterator[Image.Image]:
    with Image.open(BytesIO(data), formats=(known.value,)) as opened:
        count = getattr(opened, "n_frames", 1) if known is Format.TIFF else 1
        if count > limits.max_pages:
            raise Unfit(Refusal.TOO_MANY_PAGES, max=limits.max_pages)
        for number, frame in enumerate(ImageSequence.Iterator(opened)):
            if number == count:
                return
            if frame.width * frame.height > limits.max_pixels:
                raise Unfit(Refusal.TOO_MANY_PIXELS)
            yield _upright(frame)


def _upright(frame: Image.Image) -> Image.Image:
    # Before loading: a JPEG is then decoded at the nearest smaller scale, in half the time.
    frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
    frame.load()
    turned = ImageOps.exif_transpose(frame)
    flat = _flat(turned)
    flat.info = {}  # Pillow would write comments and profiles again
    return flat


def _flat(image: Image.Image) -> Image.Image:
    """Return an image in RGB on white, for any depth, palette or transparency."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def encode(page: Image.Image) -> bytes:
    """Return a page as a JPEG without metadata."""
    out = BytesIO()
    page.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def bind(pages: list[Image.Image]) -> bytes:
    """Return pages as one PDF."""
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=170, quality=QUALITY)
    return out.getvalue()


def preview(page: Image.Image) -> bytes:
    """Return a thumbnail of a page as a JPEG, under 20 KB."""
    small = page.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    out = BytesIO()
    small.save(out, "JPEG", quality=70, optimize=True)
    return out.getvalue()

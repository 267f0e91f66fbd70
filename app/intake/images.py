"""Pictures: decoded, turned upright, stripped of all that is not the picture, reduced, encoded anew."""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageOps, ImageSequence

from app.domain.rules.uploads import Limits, Refusal
from app.intake.formats import Format
from app.intake.outcome import Unfit

# About 170 points an inch of an A4 page: small print stays legible to an agent.
LONGEST_SIDE = 2000
PREVIEW_SIDE = 240
QUALITY = 80

_DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, OverflowError, MemoryError)


def pages(data: bytes, known: Format, limits: Limits) -> list[Image.Image]:
    """Each page of a picture (a TIFF may have several), upright, in RGB, reduced."""
    # Checked by us on each frame: Pillow's own limit is an error only at twice its figure.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oddities of metadata, which is thrown away
            return list(_frames(data, known, limits))
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None


def _frames(data: bytes, known: Format, limits: Limits) -> Iterator[Image.Image]:
    with Image.open(BytesIO(data), formats=(known.value,)) as opened:
        count = getattr(opened, "n_frames", 1) if known is Format.TIFF else 1
        if count > limits.max_pages:
            raise Unfit(Refusal.TOO_MANY_PAGES, max=limits.max_pages)
        for place, frame in enumerate(ImageSequence.Iterator(opened)):
            if place == count:
                return
            if frame.width * frame.height > limits.max_pixels:
                raise Unfit(Refusal.TOO_MANY_PIXELS)
            yield _upright(frame)


def _upright(frame: Image.Image) -> Image.Image:
    # First of all: a JPEG is then decoded at the nearest smaller scale, in half the time.
    frame.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
    frame.load()
    turned = ImageOps.exif_transpose(frame)
    flat = _flat(turned)
    flat.info = {}  # Pillow would write comments and profiles again
    return flat


def _flat(image: Image.Image) -> Image.Image:
    """In RGB on white paper, whatever the depth, palette or transparency was."""
    if image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def encode(page: Image.Image) -> bytes:
    """A page as a JPEG that carries nothing but its picture."""
    out = BytesIO()
    page.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def bind(whole: list[Image.Image]) -> bytes:
    """Several pages as one PDF."""
    out = BytesIO()
    whole[0].save(out, "PDF", save_all=True, append_images=whole[1:], resolution=170, quality=QUALITY)
    return out.getvalue()


def preview(page: Image.Image) -> bytes:
    """A small picture of a page, under 20 KB."""
    small = page.copy()
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
    out = BytesIO()
    small.save(out, "JPEG", quality=70, optimize=True)
    return out.getvalue()

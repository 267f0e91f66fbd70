"""Pictures: decoded, turned upright, stripped of metadata, reduced and encoded again."""

import warnings
from collections.abc import Iterator
from io import BytesIO

import pillow_heif
from PIL import AvifImagePlugin, Image, ImageOps, JpegImagePlugin

from app.domain.rules.uploads import Limits, Refusal
from app.intake.formats import Format
from app.intake.outcome import Unfit

# About 170 dpi on an A4 page: agents can read small print.
LONGEST_SIDE = 2000
# Telephones take 4032 or 4080 pixels: half of that is near enough, and what is decoded so need not be resampled.
NEARLY_LONGEST = 2060
# What is decoded whole is held in memory whole: a large JPEG is not, its decoder reduces it as it reads.
MOST_HELD_PIXELS = 100_000_000
# A picture longer than this is a screenshot of a whole page scrolled: it is cut into pages of this shape.
LONGEST_SHAPE = 3.0
PAGE_SHAPE = 1.5
PREVIEW_SIDE = 240
QUALITY = 80

_DAMAGE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    TypeError,
    OverflowError,
    MemoryError,
    RuntimeError,
)

# A process that decodes may start no thread.
AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pillow_heif.options.DECODE_THREADS = 0
pillow_heif.register_heif_opener(thumbnails=False)


def pages(data: bytes, known: Format, limits: Limits) -> list[Image.Image]:
    """Return each page of a picture (a TIFF may have several), upright, in RGB, reduced; Unfit if it is damaged."""
    # Checked below on each frame: Pillow raises an error only at twice its own limit.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about metadata, which is discarded
            found = list(_frames(data, known, limits))
    except _DAMAGE:
        raise Unfit(Refusal.UNREADABLE) from None
    if len(found) > limits.max_pages:
        raise Unfit(Refusal.TOO_MANY_PAGES)
    return found


def _frames(data: bytes, known: Format, limits: Limits) -> Iterator[Image.Image]:
    with Image.open(BytesIO(data), formats=(known.value,)) as opened:
        number = 0
        while True:
            most = limits.max_pixels if _is_reduced_as_read(opened) else MOST_HELD_PIXELS
            if opened.width * opened.height > most:
                raise Unfit(Refusal.TOO_MANY_PIXELS)
            yield from _reduced(opened)
            number += 1
            # Further pictures of other formats are other sizes of the first, or films.
            if known is not Format.TIFF or not _next(opened, number):
                return
            if number == limits.max_pages:
                raise Unfit(Refusal.TOO_MANY_PAGES)


def _next(opened: Image.Image, number: int) -> bool:
    try:
        opened.seek(number)
    except EOFError:
        return False
    return True


def _reduced(frame: Image.Image) -> Iterator[Image.Image]:
    """Yield a frame as a page, or as several if it is a long screenshot."""
    if not _is_long(frame):
        # Before loading: a JPEG is then decoded at the nearest smaller scale, in half the time.
        longest = _as_decoded(frame)
        frame.thumbnail((longest, longest), reducing_gap=1.0)
        yield _upright(frame)
        return
    whole = _upright(frame)
    if whole.width > whole.height:
        # A wide strip stays in one piece: it is cut where it would be read across.
        whole.thumbnail((LONGEST_SIDE * 2, LONGEST_SIDE * 2))
        yield whole
        return
    width = min(whole.width, LONGEST_SIDE)
    if width < whole.width:
        whole = whole.resize((width, round(whole.height * width / whole.width)))
    tall = round(width * PAGE_SHAPE)
    for top in range(0, whole.height, tall):
        yield whole.crop((0, top, width, min(top + tall, whole.height)))


def _is_long(frame: Image.Image) -> bool:
    """Return whether a picture is a long screenshot, to be cut into pages."""
    longer, shorter = max(frame.size), max(min(frame.size), 1)
    return longer > LONGEST_SHAPE * shorter and longer > LONGEST_SIDE


def _is_reduced_as_read(frame: Image.Image) -> bool:
    return isinstance(frame, JpegImagePlugin.JpegImageFile) and not _is_long(frame)


def _as_decoded(frame: Image.Image) -> int:
    """Return how long a picture becomes: LONGEST_SIDE, or a little more where its decoder gives that by itself."""
    if isinstance(frame, JpegImagePlugin.JpegImageFile):
        for scale in (2, 4, 8):
            length = -(-max(frame.size) // scale)
            if LONGEST_SIDE <= length <= NEARLY_LONGEST:
                return length
    return LONGEST_SIDE


def _upright(frame: Image.Image) -> Image.Image:
    frame.load()
    turned = ImageOps.exif_transpose(frame)
    flat = _flat(turned)
    flat.info = {}  # Pillow would write comments and profiles again
    return flat


def _flat(image: Image.Image) -> Image.Image:
    """Return an image in RGB on white, for any depth, palette or transparency."""
    if image.mode.startswith(("I", "F")):
        image = _eight_bits(image)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGB", clear.size, "white")
        paper.paste(clear, mask=clear.getchannel("A"))
        return paper
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a picture of 12, 16, 32 bits or of real numbers in grey, its lightest value white.

    The bits really used are not written in the file: scanners put 12 bits into 16.
    """
    real = image.convert("F")
    darkest, lightest = (float(value) for value in real.getextrema())  # type: ignore[arg-type]  # one band
    if lightest <= 255 and darkest >= 0 and image.mode != "F":
        return real.convert("L")
    white = next((most for most in (1.0, 255.0, 4095.0, 65535.0) if lightest <= most), lightest)
    black = min(darkest, 0.0)
    scale = 255.0 / ((white - black) or 1.0)
    return real.point(lambda value: value * scale - black * scale).convert("L")


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

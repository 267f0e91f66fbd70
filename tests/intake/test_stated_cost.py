"""What a picture states of itself tells whether decoding it can take long; nothing that is odd is believed."""

import struct
import time

import pytest

from app.domain.rules.uploads import LIMITS
from app.intake.examination import look
from app.intake.queue import QUICK_SECONDS
from app.intake.stated_cost import is_cheap
from tests.intake import corpus
from tests.intake.files import pdf, picture

PHOTO = picture(size=(4000, 3000))
FRAME = PHOTO.index(b"\xff\xc0")
IHDR = 16  # where a PNG states its width


def _stating(content: bytes, at: int, *sides: int) -> bytes:
    """Return a picture with other sides in its header."""
    letter = "I" if content.startswith(b"\x89") else "H"
    form = f">{len(sides)}{letter}"
    return content[:at] + struct.pack(form, *sides) + content[at + struct.calcsize(form) :]


CHEAP = {
    "a photo": PHOTO,
    "one in passes, as the web likes them": picture(size=(4000, 3000), progressive=True),
    "one of 48 megapixels": _stating(PHOTO, FRAME + 5, 6000, 8000),
    "one that a telephone turned": picture(exif=b"Exif\0\0MM\0*\0\0\0\x08" + bytes(6)),
    "a screenshot": picture("PNG", "RGBA", (1440, 3200)),
}
NOT_KNOWN = {
    "a PDF": pdf(),
    "a TIFF": picture("TIFF"),
    "a WebP": picture("WEBP"),
    "no picture": b"hello",
    "nothing": b"",
    "a JPEG that ends in its header": PHOTO[:FRAME],
    "and in the sides": PHOTO[: FRAME + 6],
    "its signature alone": PHOTO[:3],
    "a JPEG of 4 gigapixels": _stating(PHOTO, FRAME + 5, 65_535, 65_535),
    "a JPEG of no side": _stating(PHOTO, FRAME + 5, 0, 4000),
    "a JPEG of many passes": PHOTO + b"\xff\xda" * 20,
    "an odd frame": PHOTO[:FRAME] + b"\xff\xc9" + PHOTO[FRAME + 2 :],
    "a segment of no length": b"\xff\xd8\xff\xe0\0\0" + PHOTO[2:],
    "segments without end": b"\xff\xd8" + b"\xff\xe1\0\x02" * 100 + PHOTO[2:],
    "bytes between segments": b"\xff\xd8\xff\xe0\0\x02\0\xe0\0\x02" + PHOTO[2:],
    "a PNG of 20 megapixels": _stating(picture("PNG"), IHDR, 5000, 4000),
    "a PNG of 16 bits, 8 megapixels": _stating(picture("PNG", "I;16"), IHDR, 2000, 4000),
    "a PNG cut in its header": picture("PNG")[:20],
}


@pytest.mark.parametrize("name", CHEAP)
def test_a_photo_is_known_to_be_cheap(name: str) -> None:
    assert is_cheap(CHEAP[name])


@pytest.mark.parametrize("name", NOT_KNOWN)
def test_what_is_not_plainly_cheap_is_not_known_to_be(name: str) -> None:
    assert not is_cheap(NOT_KNOWN[name])


@pytest.mark.slow
def test_no_hostile_file_passes_for_a_cheap_one() -> None:
    """By processor seconds, twice what a quick file may use, since a machine can be slow."""
    slow = {}
    for name, make in corpus.FILES.items():
        content = make()
        if is_cheap(content):
            before = time.process_time()
            look(content, LIMITS)
            if (used := time.process_time() - before) > 2 * QUICK_SECONDS:
                slow[name] = used
    assert slow == {}

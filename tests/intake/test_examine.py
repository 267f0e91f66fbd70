"""Strangers' files: kept as we write them anew, or refused with the reason that helps; never a crash."""

import random
import threading
from io import BytesIO

import pillow_heif
import pytest
from PIL import Image, ImageDraw, ImageOps

from app.domain.rules.uploads import CURES, LIMITS, REASONS, Refusal
from app.intake import Accepted, Refused, examine, images
from app.intake.formats import Format
from tests.intake.corpus.pictures import jpeg_size
from tests.intake.files import bomb, frames, pdf, picture

REFUSED = {
    "empty": (b"", Refusal.EMPTY),
    "too large": (b"\xff\xd8\xff" + b"x" * LIMITS.max_bytes, Refusal.TOO_LARGE),
    "program renamed": (b"MZ" + b"\0" * 500, Refusal.UNKNOWN_FORMAT),
    "page with a pdf far inside": (b"<html>" + b" " * 1024 + pdf(), Refusal.UNKNOWN_FORMAT),
    "text that begins like a bitmap": (b"BM, dear officer", Refusal.UNREADABLE),
    "truncated photo": (picture(size=(2000, 2000))[:3000], Refusal.UNREADABLE),
    "truncated pdf": (pdf(3)[:200], Refusal.UNREADABLE),
    "archive": (b"PK\x03\x04" + b"\0" * 60, Refusal.ARCHIVE),
    "text document": (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", Refusal.WORD),
    "old text document": (b"\xd0\xcf\x11\xe0" + b"\0" * 60, Refusal.WORD),
    "broken iPhone photo": (b"\0\0\0\x18ftypheic\0\0\0\0", Refusal.UNREADABLE),
    "pdf with a password": (pdf(user="secret", owner="other"), Refusal.ENCRYPTED),
    "pdf with a password of today": (pdf(user="secret", owner="other", R=6), Refusal.ENCRYPTED),
    "pdf without end": (pdf(LIMITS.max_pages + 1), Refusal.TOO_MANY_PAGES),
    "picture of 501 pages": (frames(501), Refusal.TOO_MANY_PAGES),
    "picture of 200 megapixels": (bomb(), Refusal.TOO_MANY_PIXELS),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_each_refusal_has_its_reason(case):
    data, reason = REFUSED[case]
    outcome = examine(data)
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason


@pytest.mark.parametrize("refusal", Refusal)
def test_each_refusal_has_its_sentences(refusal):
    values = {"name": "carte.jpg", "max": 10}
    assert REASONS[refusal] % values
    assert CURES[refusal] % values


KINDS = {
    "JPEG": ("RGB", "L", "CMYK"),
    "PNG": ("RGBA", "I;16", "P", "1", "LA"),
    "BMP": ("RGB", "L"),
    "TIFF": ("RGB", "1", "F", "CMYK", "I;16"),
    "GIF": ("P", "L"),
    "WEBP": ("RGB", "RGBA"),
    "AVIF": ("RGB",),
    "HEIF": ("RGB",),
}
pillow_heif.register_heif_opener()


@pytest.mark.parametrize(("kind", "mode"), [(kind, mode) for kind, modes in KINDS.items() for mode in modes])
def test_every_kind_of_picture_becomes_a_plain_photo(kind, mode):
    outcome = examine(picture(kind, mode))
    assert isinstance(outcome, Accepted), outcome
    assert (outcome.media_type, outcome.pages) == ("image/jpeg", 1)
    with Image.open(BytesIO(outcome.content)) as kept:
        assert (kept.mode, kept.size) == ("RGB", (300, 400))
    assert 0 < len(outcome.preview) < 20_000


def test_a_photo_is_turned_upright_and_says_nothing_of_where_it_was_taken():
    out = BytesIO()
    tags = Image.Exif()
    tags[0x0112] = 6
    tags[0x010F] = "Telephone"
    tags.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (400, 300), "white").save(out, "JPEG", exif=tags, comment=b"secret")
    outcome = examine(out.getvalue())
    with Image.open(BytesIO(outcome.content)) as kept:
        assert kept.size == (300, 400)
        assert not kept.getexif()
        assert "comment" not in kept.info
    assert b"Telephone" not in outcome.content


def test_a_large_photo_is_reduced():
    outcome = examine(picture(size=(4000, 3000)))
    with Image.open(BytesIO(outcome.content)) as kept:
        assert max(kept.size) == 2000


@pytest.mark.parametrize(
    ("taken", "kept"),
    [
        ((4032, 3024), (2016, 1512)),  # as telephones take it: by its decoder alone
        ((3060, 4080), (1530, 2040)),
        ((8064, 6048), (2016, 1512)),
        ((4624, 3468), (2000, 1500)),
        ((3264, 2448), (2000, 1500)),
    ],
)
def test_a_photo_keeps_the_length_that_its_decoder_gives(taken: tuple[int, int], kept: tuple[int, int]):
    (page,) = images.pages(picture(size=taken), Format.JPEG, LIMITS)
    assert page.size == kept


def test_what_is_not_decoded_smaller_is_reduced_to_the_same_length():
    (page,) = images.pages(picture("PNG", size=(2040, 1530)), Format.PNG, LIMITS)
    assert page.size == (2000, 1500)


def test_what_is_transparent_is_white():
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(examine(out.getvalue()).content)) as kept:
        assert ImageOps.grayscale(kept).getextrema()[0] > 250


def test_a_picture_of_several_pages_becomes_a_pdf():
    outcome = examine(frames(3))
    assert (outcome.media_type, outcome.pages) == ("application/pdf", 3)


def _levels(data: bytes) -> tuple[int, int]:
    with Image.open(BytesIO(examine(data).content)) as kept:
        return ImageOps.grayscale(kept).getextrema()


@pytest.mark.parametrize(("mode", "lightest"), [("I;16", 4095), ("I", 65535), ("F", 1.0)])
def test_a_scan_of_more_than_eight_bits_is_not_black(mode, lightest):
    if mode == "I;16":
        half = (0).to_bytes(2, "little") * 30 + lightest.to_bytes(2, "little") * 30
        scan = Image.frombytes(mode, (60, 60), half * 60)
    else:
        scan = Image.new(mode, (60, 60), lightest)
        scan.paste(0, (0, 0, 30, 60))
    out = BytesIO()
    scan.save(out, "TIFF")
    darkest, brightest = _levels(out.getvalue())
    assert darkest < 10
    assert brightest > 245


def test_a_long_screenshot_is_cut_into_pages_that_can_be_read():
    screen = Image.new("RGB", (1080, 9600), "white")
    ImageDraw.Draw(screen).rectangle((0, 9000, 1080, 9010), fill="black")
    out = BytesIO()
    screen.save(out, "PNG")
    outcome = examine(out.getvalue())
    assert (outcome.media_type, outcome.pages) == ("application/pdf", 6)


@pytest.mark.parametrize("size", [(9000, 12000), (12240, 16320)])
def test_the_largest_photo_of_a_telephone_is_kept(size):
    """Of 108 and of 200 megapixels: its decoder reduces it as it reads."""
    out = BytesIO()
    Image.new("L", size, 200).save(out, "JPEG")
    with Image.open(BytesIO(examine(out.getvalue()).content)) as kept:
        assert images.LONGEST_SIDE <= max(kept.size) <= images.NEARLY_LONGEST


@pytest.mark.parametrize("size", [(14_400, 14_400), (5000, 21_000)], ids=["a photo", "a long screenshot"])
def test_a_larger_one_is_refused_before_it_is_decoded(size):
    width, height = size
    stated = examine(jpeg_size(picture("JPEG"), height, width))
    assert stated == Refused(Refusal.TOO_MANY_PIXELS)


def test_of_several_pictures_in_a_photo_the_first_is_kept():
    out = BytesIO()
    Image.new("RGB", (300, 400), "white").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 40))]
    )
    whole = out.getvalue()
    for data in (whole, whole[: whole.index(b"\xff\xd9") + 2]):
        with Image.open(BytesIO(examine(data).content)) as kept:
            assert kept.size == (300, 400)


def test_eight_threads_are_answered():
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(examine(picture()))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({outcome.sha256 for outcome in outcomes}) == 1
    assert len(outcomes) == 6


@pytest.mark.parametrize("seed", range(12))
def test_broken_bytes_never_raise(seed):
    chance = random.Random(seed)
    for source in (picture(), picture("PNG"), picture("BMP"), picture("TIFF"), picture("WEBP"), pdf(2)):
        broken = bytearray(source)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert isinstance(examine(bytes(broken)), Accepted | Refused)

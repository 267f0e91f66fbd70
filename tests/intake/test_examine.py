"""Strangers' files: kept as we write them anew, or refused with the reason that helps; never a crash."""

import os
import signal
import struct
import threading
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from app.domain.rules.uploads import CURES, LIMITS, REASONS, Refusal
from app.intake import Accepted, Refused, examine
from app.intake.sandbox import Sandbox


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (300, 400), **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1).save(out, kind, **options)
    return out.getvalue()


def pdf(pages: int = 1, change=lambda writer: None, **encryption) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 300)
    change(writer)
    if encryption:
        writer.encrypt(**encryption)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script(writer: PdfWriter) -> None:
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def with_launch(writer: PdfWriter) -> None:
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")}
    )
    writer._add_object(action)  # noqa: SLF001 – the name that pypdf documents; nothing points at this object


def bomb() -> bytes:
    """A PNG that says 20 000 × 10 000 in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 10_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (20_000 // 8 + 1) * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def frames(count: int) -> bytes:
    out = BytesIO()
    one = Image.new("1", (10, 10))
    one.save(out, "TIFF", save_all=True, append_images=[one] * (count - 1))
    return out.getvalue()


REFUSED = {
    "empty": (b"", Refusal.EMPTY),
    "too large": (b"\xff\xd8\xff" + b"x" * LIMITS.max_bytes, Refusal.TOO_LARGE),
    "program renamed": (b"MZ" + b"\0" * 500, Refusal.UNKNOWN_FORMAT),
    "page with a pdf inside": (b"<html>" + pdf(), Refusal.UNKNOWN_FORMAT),
    "text that begins like a bitmap": (b"BM, dear officer", Refusal.UNREADABLE),
    "truncated photo": (picture(size=(2000, 2000))[:3000], Refusal.UNREADABLE),
    "truncated pdf": (pdf(3)[:200], Refusal.UNREADABLE),
    "iPhone photo": (b"\0\0\0\x18ftypheic\0\0\0\0", Refusal.HEIC),
    "archive": (b"PK\x03\x04" + b"\0" * 60, Refusal.ARCHIVE),
    "text document": (b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml", Refusal.WORD),
    "old text document": (b"\xd0\xcf\x11\xe0" + b"\0" * 60, Refusal.WORD),
    "pdf with a password": (pdf(user_password="secret"), Refusal.ENCRYPTED),
    "pdf locked by its owner": (pdf(user_password="", owner_password="secret"), Refusal.ENCRYPTED),
    "pdf with a script": (pdf(change=with_script), Refusal.ACTIVE),
    "pdf that starts a program": (pdf(change=with_launch), Refusal.ACTIVE),
    "pdf with a file inside": (pdf(change=lambda w: w.add_attachment("x.exe", b"MZ")), Refusal.ACTIVE),
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
    "TIFF": ("RGB", "1", "F", "CMYK"),
}


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


def test_what_is_transparent_is_white():
    out = BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(examine(out.getvalue()).content)) as kept:
        assert ImageOps.grayscale(kept).getextrema()[0] > 250


def test_a_picture_of_several_pages_becomes_a_pdf():
    outcome = examine(frames(3))
    assert (outcome.media_type, outcome.pages) == ("application/pdf", 3)
    assert len(PdfReader(BytesIO(outcome.content)).pages) == 3


def test_a_pdf_is_kept_as_it_is():
    data = pdf(4)
    outcome = examine(data)
    assert (outcome.content, outcome.pages, outcome.media_type) == (data, 4, "application/pdf")


def test_a_child_that_dies_refuses_its_file_and_the_next_one_is_looked_at():
    sandbox = Sandbox()
    assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
    os.kill(sandbox.child.pid, signal.SIGSTOP)
    sandbox.wall_seconds = 0.3
    assert sandbox.examine(picture(), LIMITS) == Refused(Refusal.UNREADABLE)
    sandbox.wall_seconds = 20
    assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
    os.kill(sandbox.child.pid, signal.SIGKILL)
    sandbox.child.wait()
    assert isinstance(sandbox.examine(picture(), LIMITS), Accepted)
    sandbox.close()


def test_eight_threads_share_the_child():
    outcomes = []
    threads = [threading.Thread(target=lambda: outcomes.append(examine(picture()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.sha256 for one in outcomes}) == 1
    assert len(outcomes) == 8


@pytest.mark.parametrize("seed", range(12))
def test_broken_bytes_never_raise(seed):
    import random

    chance = random.Random(seed)
    for source in (picture(), picture("PNG"), picture("BMP"), picture("TIFF"), pdf(2)):
        broken = bytearray(source)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        assert isinstance(examine(bytes(broken)), Accepted | Refused)

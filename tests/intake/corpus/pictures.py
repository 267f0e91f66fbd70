"""Pictures of each format: whole, cut, too large, of odd depths, of many frames, and made to hold a decoder."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import pillow_heif
from PIL import Image, ImageDraw

from tests.intake.corpus.actions import MARK
from tests.intake.files import bomb, frames, picture

pillow_heif.register_heif_opener()


def drawn(mode: str = "RGB", size: tuple[int, int] = (300, 400)) -> Image.Image:
    """A picture with something on it."""
    made = Image.new("RGB", size, "white")
    ImageDraw.Draw(made).rectangle((size[0] // 9, size[1] // 9, size[0] // 2, size[1] // 2), fill="navy")
    return made.convert(mode) if mode not in ("I;16", "I", "F") else made.convert("L").convert(mode)


def encoded(kind: str, mode: str = "RGB", **options: object) -> bytes:
    """A picture as a file."""
    out = BytesIO()
    drawn(mode).save(out, kind, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int, colour: int, rows: bytes, *more: bytes) -> bytes:
    """A PNG that says a size, whatever its rows hold."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = (chunk(b"IHDR", header), *more, chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def said(data: bytes, at: int, form: str, *values: int) -> bytes:
    """A file with some numbers of its header replaced."""
    return data[:at] + struct.pack(form, *values) + data[at + struct.calcsize(form) :]


def many_scans(times: int) -> bytes:
    """A progressive JPEG that repeats its last scan."""
    whole = encoded("JPEG", progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * times + b"\xff\xd9"


def jpeg_size(data: bytes, height: int, width: int) -> bytes:
    """A JPEG that says another size."""
    return said(data, data.index(b"\xff\xc0") + 5, ">HH", height, width)


def comment(data: bytes, text: bytes) -> bytes:
    """A JPEG with a comment."""
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + data[2:]


def ultra_hdr() -> bytes:
    """A photo followed by its gain map, announced by XMP, as telephones write it."""
    xmp = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><hdrgm:Version>1.0</hdrgm:Version>"
    whole = encoded("JPEG")
    marked = whole[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + whole[2:]
    return marked + picture("JPEG", "L", (75, 100))


def mpo() -> bytes:
    """A photo of two pictures."""
    out = BytesIO()
    drawn().save(out, "MPO", save_all=True, append_images=[drawn(size=(30, 40))])
    return out.getvalue()


def film(kind: str, count: int, **options: object) -> bytes:
    """A picture that moves."""
    out = BytesIO()
    shades = [Image.new("L", (8, 8), number % 256) for number in range(count)]
    shades[0].save(out, kind, save_all=True, append_images=shades[1:], **options)
    return out.getvalue()


def tiff_circle() -> bytes:
    """A TIFF whose last page leads to its first."""
    data = frames(2)
    order = "<" if data[:2] == b"II" else ">"
    first = struct.unpack_from(order + "I", data, 4)[0]
    count = struct.unpack_from(order + "H", data, first)[0]
    second = struct.unpack_from(order + "I", data, first + 2 + 12 * count)[0]
    entries = struct.unpack_from(order + "H", data, second)[0]
    return said(data, second + 2 + 12 * entries, order + "I", first)


def zipped(text: bytes, times: int) -> bytes:
    """Bytes that inflate to many."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(text) for _ in range(times)) + packer.flush()


def cut(data: bytes, part: int) -> bytes:
    """The first hundredths of a file."""
    return data[: len(data) * part // 100]


WHOLE: dict[str, Callable[[], bytes]] = {
    **{
        f"{kind} {mode}": (lambda kind=kind, mode=mode: encoded(kind, mode))
        for kind, modes in {
            "JPEG": ("RGB", "L", "CMYK", "1"),
            "PNG": ("RGB", "L", "1", "P", "LA", "RGBA", "I;16"),
            "BMP": ("RGB", "L", "1", "P", "RGBA"),
            "TIFF": ("RGB", "L", "1", "P", "CMYK", "LAB", "YCbCr", "I", "F", "RGBA", "I;16"),
            "GIF": ("RGB", "L", "P", "1"),
            "WEBP": ("RGB", "RGBA", "L"),
            "AVIF": ("RGB", "RGBA", "L"),
            "HEIF": ("RGB", "RGBA", "L"),
        }.items()
        for mode in modes
    },
    "JPEG progressive": lambda: encoded("JPEG", progressive=True),
    "JPEG Ultra-HDR": ultra_hdr,
    "JPEG MPO": mpo,
    "WEBP lossless": lambda: encoded("WEBP", lossless=True),
    **{
        f"TIFF {name}": (lambda name=name, mode=mode: encoded("TIFF", mode, compression=name))
        for name, mode in {
            "group3": "1", "group4": "1", "packbits": "RGB", "tiff_lzw": "RGB", "tiff_adobe_deflate": "RGB",
            "tiff_deflate": "L", "jpeg": "RGB", "lzma": "RGB",
        }.items()
    },
    "TIFF big": lambda: encoded("TIFF", big_tiff=True),
    "GIF of 300 frames": lambda: film("GIF", 300),
    "PNG of 300 frames": lambda: film("PNG", 300),
    "WEBP of 60 frames": lambda: film("WEBP", 60),
    "TIFF of 30 pages": lambda: frames(30),
    "TIFF of 31 pages": lambda: frames(31),
}  # fmt: skip
CUT = {
    f"{kind} cut at {part} %": (lambda kind=kind, part=part: cut(encoded(kind), part))
    for kind in ("JPEG", "PNG", "BMP", "TIFF", "GIF", "WEBP", "AVIF", "HEIF")
    for part in (30, 95)
}
HOSTILE: dict[str, Callable[[], bytes]] = {
    "PNG of 200 megapixels": bomb,
    "PNG of 99 megapixels": lambda: png(11_000, 9_000, 1, 0, zipped(bytes(1376), 9_000)),
    "PNG 2^31 wide": lambda: png(2**31 - 1, 1, 8, 2, zlib.compress(b"\0")),
    "PNG of size 0": lambda: png(0, 0, 8, 2, zlib.compress(b"\0")),
    "PNG with a profile that inflates": lambda: png(
        9, 9, 8, 2, zlib.compress(bytes(28 * 9)), chunk(b"iCCP", b"x\0\0" + zipped(bytes(10_000), 2_000))
    ),
    "PNG with a text that inflates": lambda: png(
        9, 9, 8, 2, zlib.compress(bytes(28 * 9)), chunk(b"zTXt", b"x\0\0" + zipped(bytes(10_000), 2_000))
    ),
    "PNG with 20 000 chunks": lambda: png(
        9, 9, 8, 2, zlib.compress(bytes(28 * 9)), *[chunk(b"tEXt", b"a\0b")] * 20_000
    ),
    "PNG with a wrong sum": lambda: encoded("PNG")[:-20] + bytes(20),
    "JPEG of 4 gigapixels": lambda: jpeg_size(encoded("JPEG"), 65_500, 65_500),
    "JPEG of 99 megapixels in 4 kB": lambda: jpeg_size(encoded("JPEG"), 9_900, 10_000),
    "JPEG of 2 000 scans": lambda: many_scans(2_000),
    "JPEG of 20 000 comments": lambda: (
        encoded("JPEG")[:2] + b"\xff\xfe\x00\x03x" * 20_000 + encoded("JPEG")[2:]
    ),
    "JPEG with Exif of nothing": lambda: encoded("JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"),
    "JPEG with a profile of nothing": lambda: encoded("JPEG", icc_profile=b"\xff" * 3_000),
    "GIF of 65 535 squared": lambda: said(encoded("GIF"), 6, "<HH", 65_535, 65_535),
    "GIF whose frame is outside": lambda: encoded("GIF").replace(b",\0\0\0\0", b",\xff\xff\xff\xff", 1),
    "BMP 2^31 wide": lambda: said(encoded("BMP"), 18, "<ii", 2**31 - 1, 2**31 - 1),
    "BMP of negative height": lambda: said(encoded("BMP"), 22, "<i", -(2**31)),
    "BMP packed without end": lambda: said(encoded("BMP", "P"), 30, "<I", 1)[:400] + b"\xff\x01" * 9_000,
    "BMP whose pixels lie outside": lambda: said(encoded("BMP"), 10, "<I", 2**32 - 1),
    "TIFF of pages in a circle": tiff_circle,
    "TIFF of 2 000 pages": lambda: frames(2_000),
    "TIFF 2^32 wide": lambda: _wide_tiff(),
    "TIFF that begins outside": lambda: said(encoded("TIFF"), 4, "<I", 2**32 - 2),
    "TIFF of 65 535 entries": lambda: b"II*\0\x08\0\0\0\xff\xff" + bytes(65_535 * 12),
    "WEBP that says more": lambda: said(encoded("WEBP"), 4, "<I", 2**32 - 2),
    "WEBP of 16 383 squared": lambda: said(encoded("WEBP"), 26, "<HH", 16_383, 16_383),
    "AVIF without items": lambda: encoded("AVIF").replace(b"mdat", b"free"),
    "HEIF without items": lambda: encoded("HEIF").replace(b"mdat", b"free"),
    "HEIF whose boxes nest": lambda: (
        b"\0\0\0\x18ftypheic\0\0\0\0heicmif1" + b"\0\0\xff\xffmeta\0\0\0\0" * 9_000
    ),
}
BESIDE: dict[str, Callable[[], bytes]] = {
    "JPEG with a program in its comment": lambda: comment(encoded("JPEG"), f"<?php {MARK} ?>".encode()),
    "JPEG with a page after it": lambda: encoded("JPEG") + f"<script>{MARK}</script>".encode(),
    "JPEG with an archive after it": lambda: encoded("JPEG") + b"PK\x03\x04" + MARK.encode(),
    "JPEG with a PDF in its comment": lambda: comment(encoded("JPEG"), b"%PDF-1.7\n" + MARK.encode()),
    "JPEG with a place in its Exif": lambda: encoded("JPEG", exif=_exif()),
    "PNG with a page after it": lambda: encoded("PNG") + f"<html>{MARK}".encode(),
    "PNG with a text": lambda: png(
        9, 9, 8, 2, zlib.compress(bytes(28 * 9)), chunk(b"tEXt", f"Comment\0<script>{MARK}".encode())
    ),
    "GIF that is a script": lambda: encoded("GIF") + f"*/=1;alert('{MARK}')".encode(),
    "BMP that is a script": lambda: encoded("BMP") + f"*/=1;alert('{MARK}')".encode(),
    "TIFF with a program after it": lambda: encoded("TIFF") + b"MZ" + MARK.encode(),
    "WEBP with a chunk of its own": lambda: _grown_webp(
        b"XMP " + struct.pack("<I", 22) + MARK.encode() + b"\0"
    ),
}


def _wide_tiff() -> bytes:
    data = encoded("TIFF")
    return data.replace(struct.pack("<HHII", 256, 4, 1, 300), struct.pack("<HHII", 256, 4, 1, 2**32 - 1))


def _grown_webp(more: bytes) -> bytes:
    data = encoded("WEBP") + more
    return said(data, 4, "<I", len(data) - 8)


def _exif() -> bytes:
    tags = Image.Exif()
    tags[0x010E] = MARK
    tags.get_ifd(0x8825)[1] = "N"
    return tags.tobytes()


def files() -> dict[str, Callable[[], bytes]]:
    """Return each file by its name."""
    return WHOLE | CUT | HOSTILE | BESIDE

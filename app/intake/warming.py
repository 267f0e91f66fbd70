"""Decoding and encoding a small file of each kind, so that nothing is imported once a process is confined."""

from io import BytesIO

import pikepdf
from PIL import Image

from app.domain.rules.uploads import LIMITS
from app.intake.examination import look

_PICTURES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("JPEG", "RGB", {}), ("PNG", "RGB", {}), ("BMP", "RGB", {}), ("GIF", "RGB", {}), ("WEBP", "RGB", {}),
    ("AVIF", "RGB", {}), ("HEIF", "RGB", {}), ("TIFF", "RGB", {}), ("TIFF", "LAB", {}),
    ("TIFF", "1", {"compression": "group4"}), ("TIFF", "RGB", {"compression": "tiff_lzw"}),
)  # fmt: skip


def warm() -> None:
    """Examine one tiny file of each kind."""
    for kind, mode, options in _PICTURES:
        out = BytesIO()
        Image.new(mode, (64, 64)).save(out, kind, **options)
        look(out.getvalue(), LIMITS)
    pages = BytesIO()
    page = Image.new("RGB", (64, 64))
    page.save(pages, "PDF", save_all=True, append_images=[page])
    look(pages.getvalue(), LIMITS)
    look(_locked(pages.getvalue()), LIMITS)
    look(b"", LIMITS)


def _locked(data: bytes) -> bytes:
    """Return a PDF that opens without a password but is encrypted: the library of ciphers starts at its first use."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        opened.save(out, encryption=pikepdf.Encryption(user="", owner="owner", R=6))
    return out.getvalue()

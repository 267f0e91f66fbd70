"""File formats by their first bytes: names and declared media types are ignored."""

from enum import StrEnum

from app.domain.rules.uploads import Refusal
from app.intake.outcome import Unfit


class Format(StrEnum):
    """An accepted format."""

    JPEG = "JPEG"
    PNG = "PNG"
    BMP = "BMP"
    TIFF = "TIFF"
    GIF = "GIF"
    WEBP = "WEBP"
    AVIF = "AVIF"
    HEIF = "HEIF"
    PDF = "PDF"


_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"BM", Format.BMP),
    (b"II*\x00", Format.TIFF),
    (b"MM\x00*", Format.TIFF),
    (b"II+\x00\x08\x00\x00\x00", Format.TIFF),  # BigTIFF
    (b"MM\x00+\x00\x08\x00\x00", Format.TIFF),
    (b"GIF8", Format.GIF),
)
# The brands of ISO base media files that hold a picture (ISO/IEC 23008-12, AVIF specification).
_BRANDS = {b"avif": Format.AVIF, b"avis": Format.AVIF} | dict.fromkeys(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"), Format.HEIF
)
_PDF, _PDF_WITHIN = (
    b"%PDF-",
    1024,
)  # mail programs and scanners write lines before it (ISO 32000-1, annex H.3.4.1)
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def recognise(data: bytes) -> Format:
    """Return the format of a file; Unfit, with the reason that helps the applicant most, for any other."""
    if not data:
        raise Unfit(Refusal.EMPTY)
    for signature, found in _SIGNATURES:
        if data.startswith(signature):
            return found
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[4:8] == b"ftyp" and data[8:12] in _BRANDS:
        return _BRANDS[data[8:12]]
    if _PDF in data[:_PDF_WITHIN]:
        return Format.PDF
    raise Unfit(_unaccepted(data))


def _unaccepted(data: bytes) -> Refusal:
    if data.startswith(_OLD_WORD):
        return Refusal.WORD
    if data.startswith(b"PK\x03\x04"):
        office = any(
            name in data[:4096]
            for name in (b"word/", b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis")
        )
        return Refusal.WORD if office else Refusal.ARCHIVE
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xfd7zXZ")):
        return Refusal.ARCHIVE
    return Refusal.UNKNOWN_FORMAT

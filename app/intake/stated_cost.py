"""Pictures whose size and passes, as their header states them, bound what decoding them takes.

Read here without decoding: what is not plainly such a picture is none.
"""

import struct

# Samples of a JPEG to decode, over all its passes: 100 megapixels in one, 13 in ten. Half a second of processor at most.
MOST_WORK = 130_000_000
_OF_PNG = 10  # how many samples of a JPEG take as long as one pixel of a PNG

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_SCAN = b"\xff\xda"  # within the data of a scan a byte of 255 is followed by zero
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive
_TABLES = {0xC4, 0xDB, 0xDD, 0xFE, *range(0xE0, 0xF0)}
_MOST_SEGMENTS = 64


def is_cheap(data: bytes) -> bool:
    """Return whether a file is a JPEG or PNG that cannot take long to decode."""
    return 0 < _work(data) <= MOST_WORK


def _work(data: bytes) -> int:
    """Return how many samples there are to decode, 0 where that is not known."""
    try:
        if data.startswith(_PNG):
            width, height, depth = struct.unpack_from(">IIB", data, len(_PNG))
            return int(width * height * _OF_PNG * (2 if depth == 16 else 1))
        return _jpeg(data) if data.startswith(_JPEG) else 0
    except struct.error:
        return 0


def _jpeg(data: bytes) -> int:
    at = 2
    for _ in range(_MOST_SEGMENTS):
        start, marker, length = struct.unpack_from(">BBH", data, at)
        if start != 0xFF:
            return 0
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return int(width * height * data.count(_SCAN, at))
        if marker not in _TABLES:
            return 0
        at += 2 + length
    return 0

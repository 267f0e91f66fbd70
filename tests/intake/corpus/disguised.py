"""Files that are neither pictures nor PDFs, by their own beginnings, as browsers and people send them."""

from collections.abc import Callable

from tests.intake.corpus.actions import MARK

_BEGINNINGS: dict[str, bytes] = {
    "nothing": b"",
    "spaces": b" " * 500,
    "zeros": bytes(5_000),
    "program of Windows": b"MZ\x90\0\3\0\0\0",
    "program of Linux": b"\x7fELF\2\1\1",
    "program of a Mac": b"\xcf\xfa\xed\xfe",
    "program of a browser": b"\0asm\1\0\0\0",
    "page": b"<!doctype html><script>",
    "drawing of lines": b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='",
    "data with an entity": b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    "PostScript": b"%!PS-Adobe-3.0\n(",
    "PostScript in a picture": b"\xc5\xd0\xd3\xc6\x1e\0\0\0",
    "rich text": b"{\\rtf1\\object\\objdata ",
    "text document": b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml",
    "free text document": b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis",
    "old text document": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "archive": b"PK\x03\x04\x14\0",
    "archive RAR": b"Rar!\x1a\7\1\0",
    "archive 7z": b"7z\xbc\xaf\x27\x1c",
    "archive gzip": b"\x1f\x8b\x08\0",
    "archive xz": b"\xfd7zXZ\0",
    "archive tar": b"x" * 257 + b"ustar",
    "film": b"\0\0\0\x18ftypisom\0\0\0\0",
    "film of a telephone": b"\0\0\0\x14ftypqt  \0\0\0\0",
    "sound": b"ID3\3\0\0",
    "icon": b"\0\0\1\0\1\0\x10\x10",
    "picture of Photoshop": b"8BPS\0\1",
    "picture of old": b"\x0a\5\1\x08",
    "picture in text": b"P6 99999 99999 255\n",
    "picture of rays": b"#?RADIANCE\n",
    "picture JPEG 2000": b"\0\0\0\x0cjP  \r\n\x87\n",
    "picture JPEG XL": b"\xff\x0a",
    "picture DDS": b"DDS |\0\0\0",
    "picture of stars": b"SIMPLE  =                    T",
    "shortcut": b"L\0\0\0\1\x14\2\0",
    "notes": b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d",
    "metafile": b"\1\0\0\0l\0\0\0",
    "font": b"\0\1\0\0\0\x0c\0\x80",
    "mail": b"From: a@exemple.fr\nContent-Type: text/html\n\n",
    "script": b"#!/bin/sh\n",
    "JPEG of three bytes": b"\xff\xd8\xff",
    "PNG of a header": b"\x89PNG\r\n\x1a\n",
    "GIF of a word": b"GIF89a",
    "BMP of a word": b"BM",
    "TIFF of a word": b"II*\0",
    "WEBP of a word": b"RIFF\xff\xff\xff\xffWEBP",
    "HEIF of a word": b"\0\0\0\x18ftypheic",
    "AVIF of a word": b"\0\0\0\x18ftypavif",
}
_ALONE = frozenset({"nothing", "spaces", "zeros"})


def files() -> dict[str, Callable[[], bytes]]:
    """Return each file by its name."""
    return {
        f"no document: {name}": (
            lambda begins=begins, alone=name in _ALONE: begins + (b"" if alone else MARK.encode() * 20)
        )
        for name, begins in _BEGINNINGS.items()
    }

"""What may be said of every file that agents open: written by us, and nothing in it that acts."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary
from PIL import Image

from app.intake import Accepted
from app.intake.images import NEARLY_LONGEST
from tests.intake.corpus import MARK

# Keys that act, lead outward or hold other files, wherever they stand; and what they would be called.
ACTIVE = frozenset(
    "/A /AA /AcroForm /Annots /Collection /EF /EmbeddedFiles /FFilter /JS /JavaScript /Names /OpenAction /Outlines "
    "/PieceInfo /Ref /Requirements /RichMediaContent /Threads /URI /XFA /OPI /Metadata /AF /Perms /Legal".split()
)
ACTIONS = frozenset(
    "/JavaScript /Launch /URI /GoToR /GoToE /SubmitForm /ImportData /Rendition /Movie /Sound /Named".split()
)


def faults(outcome: Accepted, sent: bytes) -> list[str]:
    """Return what is wrong with a file that was kept; empty if nothing."""
    found = ["as it was sent"] if outcome.content == sent or outcome.content in sent else []
    if MARK in outcome.content or MARK in (outcome.preview or b""):
        found.append("what a stranger planted")
    return found + list(_in_pdf(outcome) if outcome.extension == "pdf" else _in_picture(outcome.content))


def _in_picture(content: bytes) -> Iterator[str]:
    with Image.open(BytesIO(content), formats=["JPEG"]) as picture:
        picture.load()
        if max(picture.size) > NEARLY_LONGEST or picture.mode != "RGB":
            yield "not reduced"
        if picture.getexif() or set(picture.info) & {"comment", "exif", "xmp", "icc_profile"}:
            yield "with something beside its pixels"
    if not content.endswith(b"\xff\xd9"):
        yield "with something after its end"


def _in_pdf(outcome: Accepted) -> Iterator[str]:
    with pikepdf.open(BytesIO(outcome.content)) as opened:
        if opened.is_encrypted or len(opened.pages) != outcome.pages:
            yield "not a sound PDF"
        for item in opened.objects:
            yield from _in_object(item)


def _in_object(item: object, depth: int = 0) -> Iterator[str]:
    """Yield what acts in an object and in those that it holds without naming them."""
    if isinstance(item, pikepdf.Stream):
        yield from _in_stream(item)
        item = item.stream_dict
    if isinstance(item, pikepdf.String) and MARK in bytes(item):
        yield "what a stranger planted"
    if isinstance(item, Dictionary):
        yield from _in_dictionary(item)
    for child in _held(item) if depth < 50 else ():
        yield from _in_object(child, depth + 1)


def _held(item: object) -> list[object]:
    values = item.values() if isinstance(item, Dictionary) else item if isinstance(item, Array) else ()
    return [value for value in values if isinstance(value, pikepdf.Object) and not value.is_indirect]


def _in_stream(item: pikepdf.Stream) -> Iterator[str]:
    if MARK in _decoded(item):
        yield "what a stranger planted"
    if "/F" in item:
        yield "a stream kept elsewhere"


def _in_dictionary(item: Dictionary) -> Iterator[str]:
    # The names of fonts, glyphs and pictures are the stranger's own: they name streams of ours.
    yield from (str(key) for key in ACTIVE & set(item.keys()) if not _named(item, key))
    if str(item.get("/S", "")) in ACTIONS:
        yield f"an action {item.get('/S')}"


def _named(item: Dictionary, key: str) -> bool:
    """Return whether a key is the name of a resource or of a glyph."""
    kinds = {"/Type", "/S", "/Subtype", "/FT"}
    return not kinds & set(item.keys()) and isinstance(item[key], pikepdf.Stream)


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return bytes(stream.read_raw_bytes())

"""PDFs made to take all the time or memory there is: each may cost its whole limit."""

import zlib
from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Pdf

from tests.intake.corpus.actions import Change
from tests.intake.corpus.structures import contents, form, image, one_page, packed
from tests.intake.files import pdf


def object_stream(inflated: int) -> bytes:
    """A PDF with an object stream that inflates to many bytes."""
    packed_objects = b"10 0 " + b"<</A 1>>" + b" " * inflated
    return one_page(b"", packed(packed_objects, 1, b"/Type/ObjStm/N 1/First 5"), page=b"/X 5 0 R")


def many_object_streams(count: int) -> bytes:
    """A PDF with many object streams, each leading to the one before."""
    keys = b"/Type/ObjStm/N 1/First 5/Extends %d 0 R"
    return one_page(
        b"", *(packed(b"10 0 <</A 1>>" + b" " * 100_000, 1, keys % (4 + n)) for n in range(1, count))
    )


def objects(count: int) -> bytes:
    """A PDF of many objects that its page leads to."""
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(count))
    return one_page(b"", *([b"<</A[1 2 3]/B(x)>>"] * count), page=b"/X[%s]" % kids)


def laughs(made: Pdf) -> None:
    """Forms that draw ten of the next, ten deep."""
    inner = form(made, b"0 0 9 9 re f")
    for _ in range(10):
        inner = form(made, b"/X Do " * 10, Resources=Dictionary(XObject=Dictionary(X=inner)))
    made.pages[0].Resources.XObject.X = inner
    made.pages[0].Contents = made.make_stream(b"/X Do")


def pattern(made: Pdf) -> None:
    """A pattern of a billion tiles."""
    tile = made.make_stream(b"0 0 1 1 re f")
    tile.update(
        Dictionary(
            Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=Array([0, 0, 1, 1]),
            XStep=0.001, YStep=0.001, Resources=Dictionary(),
        )
    )  # fmt: skip
    made.pages[0].Resources.Pattern = Dictionary(P1=tile)
    made.pages[0].Contents = made.make_stream(b"/Pattern cs /P1 scn 0 0 200 300 re f")


def shading(kind: int, **keys: object) -> Change:
    """A page painted by a function."""

    def change(made: Pdf) -> None:
        function = made.make_stream(b"{ " + b"sin cos " * 2_000 + b"}")
        function.update(Dictionary(FunctionType=4, Domain=Array([0, 1, 0, 1]), Range=Array([0, 1])))
        paint = Dictionary(ShadingType=kind, ColorSpace=Name.DeviceGray, Function=function, **keys)
        made.pages[0].Resources.Shading = Dictionary(S1=paint)
        made.pages[0].Contents = made.make_stream(b"200 0 0 300 0 0 cm /S1 sh")

    return change


def _filled(body: bytes) -> bytes:
    return one_page(b"", body).replace(b"/Contents 4 0 R", b"/Contents 5 0 R")


_FLATE = Name.FlateDecode
BOMBS: dict[str, Callable[[], bytes]] = {
    "object stream of 70 MB": lambda: object_stream(70_000_000),
    "60 object streams": lambda: many_object_streams(60),
    "49 000 objects": lambda: objects(49_000),
    "lists 200 000 deep": lambda: one_page(b"", page=b"/X" + b"[" * 200_000 + b"]" * 200_000),
    "contents of 140 MB": lambda: _filled(packed(b"0 0 m " * 24_000_000)),
    "contents deflated twice": lambda: _filled(packed(b"0 0 m " * 20_000_000, 2)),
    "contents deflated five times": lambda: _filled(packed(b"0 0 9 9 re f " * 1_000_000, 5)),
    "forms, ten to the tenth": lambda: pdf(1, laughs),
    "picture of 3.6 gigapixels": lambda: pdf(1, image(60_000, 60_000)),
    "picture of 100 megapixels": lambda: pdf(1, image(10_000, 10_000, zlib.compress(bytes(10**8)), Filter=_FLATE)),
    "picture CCITT of 10^9": lambda: pdf(
        1, image(30_000, 30_000, b"\0" * 99, BitsPerComponent=1, Filter=Name.CCITTFaxDecode,
                 DecodeParms=Dictionary(K=-1, Columns=30_000, Rows=30_000))
    ),
    "a billion tiles": lambda: pdf(1, pattern),
    "a slow function": lambda: pdf(1, shading(1, Domain=Array([0, 1, 0, 1]))),
    "30 pages of a slow function": lambda: pdf(30, shading(1, Domain=Array([0, 1, 0, 1]))),
    "a million lines": lambda: pdf(1, contents(b"0 0 m 200 300 l S " * 1_000_000)),
    "a million letters": lambda: pdf(1, contents(b"BT /F1 9 Tf " + b"(aaaaaaaaaa) Tj " * 100_000 + b"ET")),
}  # fmt: skip


def files() -> dict[str, Callable[[], bytes]]:
    """Return each file by its name."""
    return {f"bomb: {name}": made for name, made in BOMBS.items()}

"""PDFs whose structure is odd, or made to hold, fill or confuse whoever reads it."""

import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.intake.corpus.actions import MARK, Change
from tests.intake.files import drawn, pdf, saved


def raw(*objects: bytes, trailer: bytes = b"", header: bytes = b"%PDF-1.7\n") -> bytes:
    """A PDF written by hand: its objects from 1 on, and a table that is right."""
    out, places = bytearray(header), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    at, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % p for p in places)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, at))


def one_page(contents: bytes = b"0 0 9 9 re f", *more: bytes, page: bytes = b"", root: bytes = b"") -> bytes:
    """A PDF of one page with these contents; further objects count from 5."""
    return raw(
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R%s>>" % page,
        stream(contents),
        *more,
    )


def stream(data: bytes, keys: bytes = b"") -> bytes:
    """A stream with its length."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), keys, data)


def packed(data: bytes, times: int = 1, keys: bytes = b"") -> bytes:
    """A stream deflated several times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]%s" % (b"/FlateDecode" * times, keys))


def encrypted(**options: object) -> bytes:
    """A PDF that is encrypted."""
    return saved(drawn(1), encryption=pikepdf.Encryption(**options))


def form(made: Pdf, data: bytes, **keys: object) -> Stream:
    """A form that pages can draw."""
    found = made.make_stream(data)
    found.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 99]), **keys))
    return found


def image(width: int, height: int, data: bytes = b"\0", **keys: object) -> Change:
    """A page with a picture that says a size."""

    def change(made: Pdf) -> None:
        kind = {"BitsPerComponent": 8, "ColorSpace": Name.DeviceGray} | keys
        shown = Dictionary(Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height, **kind)
        made.pages[0].Resources.XObject.I1 = made.make_stream(data, shown)

    return change


def contents(data: bytes) -> Change:
    """A page with these contents."""
    return lambda made: setattr(made.pages[0], "Contents", made.make_stream(data))


def page(**keys: object) -> Change:
    """A page with these keys."""
    return lambda made: made.pages[0].obj.update({f"/{name}": value for name, value in keys.items()})


def font(made: Pdf, **keys: object) -> None:
    """A page whose font has these keys."""
    made.pages[0].Resources.Font.F1 = made.make_indirect(Dictionary(Type=Name.Font, **keys))


def program(key: str, subtype: str, data: bytes) -> Change:
    """A page whose font brings a program of its own."""

    def change(made: Pdf) -> None:
        file = made.make_stream(data, Length1=len(data))
        about = Dictionary(Type=Name.FontDescriptor, FontName=Name.X, Flags=4, FontBBox=Array([0, 0, 9, 9]))
        about[f"/{key}"] = file
        font(
            made, Subtype=Name("/" + subtype), BaseFont=Name.X, FontDescriptor=about, FirstChar=0, LastChar=0
        )

    return change


def glyphs_in_a_circle(made: Pdf) -> None:
    """A font whose glyph writes itself."""
    procedure = made.make_stream(b"BT /F1 9 Tf (aaaaaaaaaa) Tj ET")
    font(
        made, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]), FontMatrix=Array([1, 0, 0, 1, 0, 0]),
        CharProcs=Dictionary(a=procedure), Encoding=Dictionary(Differences=Array([97, Name.a])),
        FirstChar=97, LastChar=97, Widths=Array([9]),
    )  # fmt: skip
    made.pages[0].Resources.Font.F1.Resources = Dictionary(
        Font=Dictionary(F1=made.pages[0].Resources.Font.F1)
    )
    made.pages[0].Contents = made.make_stream(b"BT /F1 9 Tf (aaaaaaaaaa) Tj ET")


def linearized() -> bytes:
    """A PDF ordered for slow lines."""
    return saved(drawn(3), linearize=True)


def grown() -> bytes:
    """A PDF with a later version after its end, which adds a script."""
    with pikepdf.open(BytesIO(pdf(1))) as made:
        size = len(made.objects) + 1
        root = made.Root.objgen[0]
    data = pdf(1)
    at = len(data)
    action = b"%d 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(%s)>>>>\nendobj\n"
    new = action % (root, MARK.encode())
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    before = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    return data + new + table % (root, at, size, root, before, at + len(new))


ODD: dict[str, Callable[[], bytes]] = {
    "of three pages": lambda: pdf(3),
    "of 30 pages": lambda: pdf(30),
    "of 31 pages": lambda: pdf(31),
    "for slow lines": linearized,
    "with object streams": lambda: saved(drawn(3), object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "written by hand": one_page,
    "with a later version": grown,
    "without a table": lambda: pdf(2)[: pdf(2).rindex(b"startxref")],
    "with a wrong table": lambda: pdf(2).replace(b"startxref\n", b"startxref\n9"),
    "after lines of mail": lambda: b"X-Mail: 1\r\n\r\n" + pdf(1),
    "after a program": lambda: b"MZ" + MARK.encode() + b"\0" * 60 + pdf(1),
    "after a page": lambda: f"<script>{MARK}</script>".encode() + pdf(1),
    "before an archive": lambda: pdf(1) + b"PK\x05\x06" + MARK.encode(),
    "before a page": lambda: pdf(1) + f"<script>{MARK}</script>".encode(),
    "cut in the middle": lambda: pdf(3)[: len(pdf(3)) // 2],
    "of a header alone": lambda: b"%PDF-1.7\n%%EOF",
    "of a header and nothing": lambda: b"%PDF-" + bytes(2_000),
    "of no page": lambda: raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"),
    "without pages": lambda: raw(b"<</Type/Catalog>>"),
    "without a root": lambda: raw(b"(x)"),
    "that says a billion pages": lambda: raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 1000000000>>"
    ),
    "RC4 of 40 bits, open": lambda: encrypted(user="", owner="x", R=2, aes=False, metadata=False),
    "RC4 of 128 bits, open": lambda: encrypted(user="", owner="x", R=3, aes=False, metadata=False),
    "AES of 128 bits, open": lambda: encrypted(user="", owner="x", R=4),
    "AES of 256 bits, open": lambda: encrypted(user="", owner="x", R=6),
    "RC4, locked": lambda: encrypted(user="u", owner="x", R=3, aes=False, metadata=False),
    "AES of 256 bits, locked": lambda: encrypted(user="u", owner="x", R=6),
    "locked by a certificate": lambda: raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", trailer=b"/Encrypt<</Filter"
        b"/Adobe.PubSec/SubFilter/adbe.pkcs7.s4/V 2/Length 128>>",
    ),
    "with a filter of its own": lambda: one_page(b"", stream(b"x", b"/Filter/Crypt"), page=b"/Contents 5 0 R"),
    "huge page": lambda: pdf(1, page(MediaBox=Array([0, 0, 1_000_000, 1_000_000]))),
    "page without area": lambda: pdf(1, page(MediaBox=Array([0, 0, 0, 0]))),
    "page upside down": lambda: pdf(1, page(MediaBox=Array([200, 300, 0, 0]))),
    "page of words": lambda: pdf(1, page(MediaBox=Array([Name.a, Name.b, Name.c, Name.d]))),
    "page a needle": lambda: pdf(1, page(MediaBox=Array([0, 0, 1, 14_000]))),
    "page of huge units": lambda: pdf(1, page(UserUnit=1_000_000)),
    "page turned by 45": lambda: pdf(1, page(Rotate=45)),
    "page turned by 10^9": lambda: pdf(1, page(Rotate=1_000_000_000)),
    "page without resources": lambda: one_page(b"/X Do BT /F 9 Tf (a) Tj ET"),
    "contents a number": lambda: pdf(1, page(Contents=7)),
    "contents in 20 000 parts": lambda: one_page(b"", page=b"/Contents[%s]" % (b"4 0 R " * 20_000)),
    "contents unbalanced": lambda: one_page(b"q " * 50_000 + b"0 0 9 9 re f"),
    "contents of garbage": lambda: pdf(1, contents(bytes(range(256)) * 400)),
    "picture JBIG2 of garbage": lambda: pdf(1, image(999, 999, b"\xff" * 999, Filter=Name.JBIG2Decode)),
    "picture JPX of garbage": lambda: pdf(1, image(999, 999, b"\xff" * 999, Filter=Name.JPXDecode)),
    "picture DCT of garbage": lambda: pdf(1, image(999, 999, b"\xff\xd8\xff" * 99, Filter=Name.DCTDecode)),
    "picture of negative size": lambda: pdf(1, image(-1, -1)),
    "picture without its data": lambda: pdf(1, image(5_000, 5_000)),
    "font Type1 of garbage": lambda: pdf(1, program("FontFile", "Type1", b"\x80\x01" + b"\xff" * 999)),
    "font TrueType of garbage": lambda: pdf(1, program("FontFile2", "TrueType", b"\0\1\0\0" + b"\xff" * 999)),
    "font CFF of garbage": lambda: pdf(1, program("FontFile3", "Type1", b"\1\0\4\1" + b"\xff" * 999)),
    "font that writes itself": lambda: pdf(1, glyphs_in_a_circle),
    "names not of UTF-8": lambda: one_page(b"/\xff\xfe Do", page=b"/Resources<</XObject<</#ff#fe 4 0 R>>>>"),
    "lists 5 000 deep": lambda: one_page(b"", page=b"/X" + b"[" * 5_000 + b"]" * 5_000),
    "dictionaries 400 deep": lambda: one_page(b"", page=b"/X" + b"<</A" * 400 + b" 1" + b">>" * 400),
    "a string of a megabyte": lambda: one_page(b"", page=b"/X(" + b"a" * 1_000_000 + b")"),
    "streams of negative length": lambda: one_page().replace(b"/Length 12", b"/Length -9"),
    "streams without length": lambda: one_page().replace(b"/Length 12", b""),
    "kids in a circle": lambda: raw(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"),
    "parents in a circle": lambda: raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    ),
    "versions in a circle": lambda: pdf(1).replace(b"/Root", b"/Prev 9/Root"),
    "layers": lambda: pdf(1, _layers),
    "a length that is its own": lambda: raw(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Length 4 0 R>>\nstream\n0 0 9 9 re f\nendstream",
    ),
}  # fmt: skip


def _layers(made: Pdf) -> None:
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    made.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(AS=Array([String(MARK)])))


def files() -> dict[str, Callable[[], bytes]]:
    """Return each file by its name."""
    return {f"PDF {name}": made for name, made in ODD.items()}

"""Pictures and PDFs made for tests."""

import struct
import zlib
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image


def picture(kind: str = "JPEG", mode: str = "RGB", size: tuple[int, int] = (300, 400), **options) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 1).save(out, kind, **options)
    return out.getvalue()


def drawn(count: int = 1) -> Pdf:
    """Return an open PDF whose pages say their number and hold a rectangle, a picture and a font."""
    made = pikepdf.new()
    font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    shade = made.make_stream(bytes(range(64)))
    shade.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=8,
            Height=8,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray,
        )
    )
    for number in range(count):
        page = made.add_blank_page(page_size=(200, 300))
        page.Resources = Dictionary(Font=Dictionary(F1=font), XObject=Dictionary(I1=shade))
        page.Contents = made.make_stream(
            b"0.2 0.4 0.6 rg 20 20 60 60 re f q 80 0 0 80 100 100 cm /I1 Do Q "
            b"BT /F1 24 Tf 30 200 Td (Page %d) Tj ET" % (number + 1)
        )
    return made


def saved(made: Pdf, **options) -> bytes:
    out = BytesIO()
    made.save(out, **options)
    return out.getvalue()


def pdf(pages: int = 1, change=lambda made: None, **encryption) -> bytes:
    made = drawn(pages)
    change(made)
    return saved(made, **({"encryption": pikepdf.Encryption(**encryption)} if encryption else {}))


def script(text: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(text))


def with_action(action: Dictionary):
    def change(made: Pdf) -> None:
        made.Root.OpenAction = action

    return change


def with_file(made: Pdf) -> None:
    made.attachments["x.exe"] = b"MZ"


def with_field(made: Pdf) -> None:
    """Give the PDF a form in which a name was typed."""
    look = made.make_stream(b"/Tx BMC BT /F1 12 Tf 2 4 Td (Aminata) Tj ET EMC")
    look.update(
        Dictionary(
            Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20]),
            Resources=Dictionary(Font=Dictionary(F1=made.pages[0].Resources.Font.F1)),
        )
    )  # fmt: skip
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("Aminata"),
            Rect=Array([20, 250, 120, 270]), AP=Dictionary(N=look), F=4, AA=Dictionary(K=script()),
        )
    )  # fmt: skip
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]), DR=Dictionary(), DA=String("/F1 12 Tf"))


def bomb() -> bytes:
    """A PNG that says 20 000 × 10 000 in a few bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 10_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (20_000 // 8 + 1) * 10_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def frames(count: int) -> bytes:
    out = BytesIO()
    first = Image.new("1", (10, 10))
    first.save(out, "TIFF", save_all=True, append_images=[first] * (count - 1))
    return out.getvalue()

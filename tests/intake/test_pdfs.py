"""PDFs as agents open them: written by us, looking like what was sent, and nothing in them that acts."""

import zlib
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from app.domain.rules.uploads import LIMITS, Refusal
from app.intake import Accepted, Refused, examine, pdfs
from app.intake.pdf_drawing import Drawing, same
from tests.intake.files import drawn, pdf, saved, script, with_action, with_field, with_file

PLACES = ("/A", "/AA", "/JS", "/OpenAction", "/EF", "/PieceInfo", "/OPI", "/Ref", "/PZ", "/Metadata")
MARK = "planted-by-a-stranger"
ACTIVE = (
    b"/JS",
    b"/JavaScript",
    b"/Launch",
    b"/EmbeddedFile",
    b"/URI",
    b"/AA",
    b"/OpenAction",
    b"/XFA",
    b"/GoToR",
)


def _kept(data: bytes) -> bytes:
    outcome = examine(data)
    assert isinstance(outcome, Accepted), outcome
    assert outcome.preview
    return outcome.content


def _plain(content: bytes) -> bytes:
    """Return every object of a PDF, uncompressed."""
    with pikepdf.open(BytesIO(content)) as opened:
        return saved(
            opened,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )


def _looks_like(content: bytes, data: bytes) -> bool:
    first, second = Drawing(content), Drawing(data)
    try:
        return same(first, second)
    finally:
        first.close()
        second.close()


HOSTILE = {
    "a script": with_action(script()),
    "a program": with_action(Dictionary(S=Name.Launch, F=String("x.exe"))),
    "a shared folder": with_action(Dictionary(S=Name.GoToR, F=String("//host/share"))),
    "an address": with_action(Dictionary(S=Name.URI, URI=String("https://stranger.example"))),
    "a form that is sent": with_action(Dictionary(S=Name.SubmitForm, F=String("https://stranger.example"))),
    "a file": with_file,
    "a form": with_field,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_acts_is_left_out_and_the_page_stays(name):
    data = pdf(2, HOSTILE[name])
    content = _kept(data)
    assert not [word for word in ACTIVE if word in _plain(content)]
    assert _looks_like(content, pdf(2)) or name == "a form"


def test_what_was_typed_into_a_form_stays_on_its_page():
    content = _kept(pdf(1, with_field))
    assert b"Aminata" in _plain(content)
    assert not _looks_like(content, pdf(1))


def _dictionaries(value: object, seen: set[tuple[int, int]]) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream that an object leads to."""
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        if value.objgen in seen:
            return
        seen.add(value.objgen)
    if isinstance(value, Dictionary | pikepdf.Stream):
        for key in set(value.keys()) - {"/Parent", "/Length"}:
            yield from _dictionaries(value[key], seen)
        yield value
    elif isinstance(value, Array):
        for item in value:
            yield from _dictionaries(item, seen)


def _plant(made: Pdf) -> None:
    """Plant an action, a file, an address and metadata in every dictionary of a PDF."""
    with_field(made)
    graphics = Dictionary(Type=Name.ExtGState, CA=0.5, SMask=Name("/None"))
    made.pages[0].Resources.ExtGState = Dictionary(G1=graphics)
    found = list(_dictionaries(made.Root, set()))
    assert len(found) > 15
    for value in found:
        for key in PLACES:
            if (key, value.get("/Type")) != ("/Metadata", Name.Catalog):  # the library reads it as it writes
                value[key] = Dictionary(S=Name.JavaScript, JS=String(MARK))


def test_nothing_planted_in_any_dictionary_comes_through():
    data = pdf(2, _plant)
    assert MARK.encode() in _plain(data)
    assert MARK.encode() not in _plain(_kept(data))


@pytest.mark.parametrize(
    "options",
    [
        {"R": 2, "aes": False, "metadata": False},
        {"R": 3, "aes": False, "metadata": False},
        {"R": 4},
        {"R": 6},
    ],
)
def test_what_opens_without_a_password_is_kept_and_opens_for_everybody(options):
    content = _kept(pdf(1, user="", owner="secret", **options))
    with pikepdf.open(BytesIO(content)) as opened:
        assert not opened.is_encrypted
    assert _looks_like(content, pdf(1))


@pytest.mark.parametrize(
    "before",
    [b"\n", b"\xef\xbb\xbf", b"\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n"],
)
def test_lines_before_the_header_are_no_reason_to_refuse(before):
    content = _kept(before + pdf(2))
    assert content.startswith(b"%PDF-")
    assert _looks_like(content, pdf(2))


def test_a_damaged_table_is_repaired():
    data = pdf(3)
    assert _looks_like(_kept(data[: data.rindex(b"startxref")]), data)


def test_a_page_that_a_program_makes_is_refused_with_its_cure():
    def dynamic(made: Pdf) -> None:
        made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))
        made.Root.NeedsRendering = True

    assert examine(pdf(1, dynamic)) == Refused(Refusal.ACTIVE)


def test_data_kept_outside_the_file_are_never_fetched():
    def outside(made: Pdf) -> None:
        made.pages[0].Contents["/F"] = Dictionary(FS=Name.URL, F=String("https://stranger.example"))

    outcome = examine(pdf(1, outside))
    assert isinstance(outcome, Refused) or b"stranger" not in _plain(outcome.content)


def test_pages_that_do_not_look_the_same_are_drawn(monkeypatch):
    """In this process: what the confined one answers, it made by the same function."""
    monkeypatch.setattr(pdfs, "_rebuilt", lambda source: pdf(2))
    written = pdfs.write_anew(saved(drawn(3)), LIMITS)
    assert written.pages == 3
    assert b"/DCTDecode" in _plain_without_decoding(written.content)
    assert b"/Font" not in written.content


def _plain_without_decoding(content: bytes) -> bytes:
    with pikepdf.open(BytesIO(content)) as opened:
        return saved(opened, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def test_layers_that_are_hidden_stay_hidden():
    def hide(made: Pdf) -> None:
        layer = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
        made.pages[0].Resources.Properties = Dictionary(L1=layer)
        shown = made.pages[0].Contents.read_bytes()
        made.pages[0].Contents = made.make_stream(shown + b" /OC /L1 BDC 0 0 200 300 re f EMC")
        made.Root.OCProperties = Dictionary(
            OCGs=Array([layer]), D=Dictionary(BaseState=Name.ON, OFF=Array([layer]))
        )

    assert _looks_like(_kept(pdf(1, hide)), pdf(1))


def _bomb(made: Pdf) -> None:
    packed = zlib.compress(zlib.compress(b"0 0 m " * 20_000_000, 9), 9)
    made.pages[0].Contents = pikepdf.Stream(made, packed)
    made.pages[0].Contents["/Filter"] = Array([Name.FlateDecode, Name.FlateDecode])


def _circle(made: Pdf) -> None:
    form = made.make_stream(b"/X Do " * 10)
    form.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 9, 9]),
            Resources=Dictionary(XObject=Dictionary(X=form)),
        )
    )
    made.pages[0].Resources.XObject.X = form
    made.pages[0].Contents = made.make_stream(b"/X Do")


@pytest.mark.slow
@pytest.mark.parametrize("change", [_bomb, _circle])
def test_a_file_made_to_hold_the_decoder_is_answered(change):
    assert isinstance(examine(pdf(1, change)), Accepted | Refused)

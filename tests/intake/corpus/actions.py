"""PDFs that act: each kind of action, from each place that can hold one, and what is active without being an action."""

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.intake.files import pdf, with_file

MARK = "planted-by-a-stranger"
FAR = f"https://{MARK}.example/"
Change = Callable[[Pdf], None]

# ISO 32000-2, table 201, with what each would do.
ACTIONS: dict[str, Callable[[Pdf], Dictionary]] = {
    "GoTo": lambda made: Dictionary(S=Name.GoTo, D=Array([made.pages[0].obj, Name.Fit]), Next=_script()),
    "GoToR": lambda made: Dictionary(S=Name.GoToR, F=String(f"\\\\{MARK}\\share"), D=String("x")),
    "GoToE": lambda made: Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String(MARK))),
    "Launch": lambda made: Dictionary(S=Name.Launch, F=String(f"{MARK}.exe"), Win=Dictionary(F=String(MARK))),
    "Thread": lambda made: Dictionary(S=Name.Thread, F=String(MARK), D=0),
    "URI": lambda made: Dictionary(S=Name.URI, URI=String(FAR)),
    "Sound": lambda made: Dictionary(S=Name.Sound, Sound=made.make_stream(MARK.encode(), R=8000)),
    "Movie": lambda made: Dictionary(S=Name.Movie, T=String(MARK), Operation=Name.Play),
    "Hide": lambda made: Dictionary(S=Name.Hide, T=String(MARK)),
    "Named": lambda made: Dictionary(S=Name.Named, N=Name("/" + MARK)),
    "SubmitForm": lambda made: Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=String(FAR))),
    "ResetForm": lambda made: Dictionary(S=Name.ResetForm, Fields=Array([String(MARK)])),
    "ImportData": lambda made: Dictionary(S=Name.ImportData, F=String(FAR)),
    "JavaScript": lambda made: _script(),
    "JavaScript in a stream": lambda made: Dictionary(
        S=Name.JavaScript, JS=made.make_stream(f"app.alert('{MARK}')".encode())
    ),
    "SetOCGState": lambda made: Dictionary(S=Name.SetOCGState, State=Array([Name.ON]), Next=_script()),
    "Rendition": lambda made: Dictionary(S=Name.Rendition, JS=String(MARK), OP=0),
    "Trans": lambda made: Dictionary(S=Name.Trans, Trans=Dictionary(S=Name.Wipe), Next=_script()),
    "GoTo3DView": lambda made: Dictionary(S=Name.GoTo3DView, V=String(MARK)),
    "RichMediaExecute": lambda made: Dictionary(S=Name.RichMediaExecute, CMD=Dictionary(C=String(MARK))),
    "of another generation": lambda made: Dictionary(S=made.make_indirect(Name.JavaScript), JS=String(MARK)),
}


def _script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(f"app.launchURL('{FAR}')"))


def _annotation(made: Pdf, **keys: object) -> None:
    shown = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 200, 300]), **keys)
    made.pages[0].Annots = Array([made.make_indirect(shown)])


def _on_opening(action: Callable[[Pdf], Dictionary]) -> Change:
    def change(made: Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(action(made))

    return change


def _on_a_link(action: Callable[[Pdf], Dictionary]) -> Change:
    def change(made: Pdf) -> None:
        _annotation(made, A=action(made))

    return change


def _field(made: Pdf, **keys: object) -> None:
    kind = {"FT": Name.Tx, "T": String("name"), "V": String("shown"), "Rect": Array([0, 0, 90, 20])}
    field = made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, **(kind | keys)))
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))


def _outline(made: Pdf) -> None:
    item = made.make_indirect(Dictionary(Title=String("x"), A=_script()))
    made.Root.Outlines = Dictionary(First=item, Last=item, Count=1)


def _media(subtype: str, **keys: object) -> Change:
    def change(made: Pdf) -> None:
        shown = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 99, 99]), **keys)
        shown.Subtype = Name("/" + subtype)
        shown.A = _script()
        made.pages[0].Annots = Array([shown])

    return change


def _names(made: Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), _script()])))


def _portfolio(made: Pdf) -> None:
    with_file(made)
    made.Root.Collection = Dictionary(View=Name.D, D=String("x.exe"))


def _forms_of_a_program(made: Pdf) -> None:
    xfa = f"<xdp><script>{MARK}</script></xdp>".encode()
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(xfa))


def _metadata(made: Pdf) -> None:
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{FAR}">]><x>&e;</x>'.encode()
    made.Root.Metadata = made.make_stream(xml, Type=Name.Metadata, Subtype=Name.XML)


def _outside(key: str) -> Change:
    """A stream whose data are elsewhere."""

    def change(made: Pdf) -> None:
        target = made.pages[0].Contents if key == "contents" else made.pages[0].Resources.XObject.I1
        target["/F"] = Dictionary(FS=Name.URL, F=String(FAR))
        target["/FFilter"] = Name.FlateDecode

    return change


def _other_file(made: Pdf) -> None:
    form = Stream(made, b"0 0 9 9 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Ref = Dictionary(F=String(FAR), Page=0)
    made.pages[0].Resources.XObject.R1 = form
    made.pages[0].Contents = made.make_stream(made.pages[0].Contents.read_bytes() + b" /R1 Do")


def _signature(made: Pdf) -> None:
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String(MARK))
    _field(made, FT=Name.Sig, V=made.make_indirect(value))


PLACES: dict[str, Change] = {
    "page opened": lambda made: made.pages[0].obj.update({"/AA": Dictionary(O=_script())}),
    "page closed": lambda made: made.pages[0].obj.update({"/AA": Dictionary(C=_script())}),
    "closing": lambda made: made.Root.update({"/AA": Dictionary(WC=_script(), DP=_script())}),
    "printing": lambda made: made.Root.update({"/AA": Dictionary(WP=_script(), WS=_script())}),
    "field typed into": lambda made: _field(made, AA=Dictionary(K=_script(), F=_script())),
    "field computed": lambda made: _field(made, AA=Dictionary(C=_script(), V=_script())),
    "field clicked": lambda made: _field(made, A=_script(), MK=Dictionary(CA=String("x"))),
    "annotation hovered": lambda made: _annotation(made, AA=Dictionary(E=_script(), X=_script())),
    "annotation before it": lambda made: _annotation(made, PA=Dictionary(S=Name.URI, URI=String(FAR))),
    "outline": _outline,
    "names": _names,
    "screen": _media("Screen", T=String(MARK)),
    "movie": _media("Movie", Movie=Dictionary(F=String(FAR))),
    "sound": _media("Sound"),
    "rich media": _media("RichMedia", RichMediaContent=Dictionary(Assets=Dictionary())),
    "3D": _media("3D"),
    "file attachment": _media("FileAttachment", FS=Dictionary(Type=Name.Filespec, F=String(FAR))),
    "embedded file": with_file,
    "portfolio": _portfolio,
    "XFA": _forms_of_a_program,
    "metadata": _metadata,
    "contents elsewhere": _outside("contents"),
    "picture elsewhere": _outside("picture"),
    "page of another file": _other_file,
    "signature": _signature,
    "threads": lambda made: made.Root.update({"/Threads": Array([Dictionary(I=Dictionary(T=String(MARK)))])}),
    "base address": lambda made: made.Root.update({"/URI": Dictionary(Base=String(FAR))}),
    "private data": lambda made: made.Root.update({"/PieceInfo": Dictionary(X=String(MARK))}),
    "requirements": lambda made: made.Root.update(
        {"/Requirements": Array([Dictionary(S=Name.EnableJavaScripts, RH=_script())])}
    ),
}


def files() -> dict[str, Callable[[], bytes]]:
    """Return each file by its name."""
    made: dict[str, Change] = {f"opening: {name}": _on_opening(action) for name, action in ACTIONS.items()}
    made |= {f"link: {name}": _on_a_link(action) for name, action in ACTIONS.items()}
    made |= {f"active: {name}": change for name, change in PLACES.items()}
    return {name: (lambda change=change: pdf(1, change)) for name, change in made.items()}

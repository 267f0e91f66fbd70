"""Which element of a template each piece of a printed page belongs to, noted while the engine reads and draws.

Changes to private names of xhtml2pdf 0.2.28, hence pinned. Whatever belongs to no element, such as lines and colours,
and the running head and foot, becomes an artifact, which programs that read aloud leave out (ISO 32000-1, 14.8.2.2).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

# Elements inside a line of text: what they hold is tagged with the block around them, a link or a picture by itself.
_INLINE = frozenset({"a", "b", "br", "img", "span"})
_ALONE = frozenset({"a", "img"})
_RUNNING = frozenset({"foot", "band"})  # ids of pdf/_running.html


@dataclass(eq=False)
class Element:
    """An element of a template, with the pieces of pages that show it: (page from 0, number of the piece in it)."""

    name: str
    attributes: dict[str, str]
    above: "Element | None"
    inside: list["Element"] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)  # (page, place among its annotations)

    def around(self) -> Iterator["Element"]:
        """Yield this element and those that it stands in, from the inside."""
        at: Element | None = self
        while at is not None:
            yield at
            at = at.above


class Notes:
    """The elements of the document that is being printed, in their order."""

    def __init__(self) -> None:
        self.known: dict[int, Element] = {}
        self.read: list[Element] = []
        self.counted: list[int] = []  # pieces of each page

    def enter(self, node: Any) -> int:
        """Note an element of the document that the engine begins to read, and return its number."""
        attributes = {name: str(value) for name, value in node.attributes.items()}
        above = self.known.get(id(node.parentNode))
        element = Element(node.tagName.lower(), attributes, above)
        if above is not None:
            above.inside.append(element)
        self.known[id(node)] = element
        self.read.append(element)
        return len(self.read) - 1

    def of(self, frags: list[Any]) -> Element | None:
        """Return the element that a paragraph shows, None if it shows nothing or is part of a running line."""
        shown = [frag for frag in frags if hasattr(frag, "cbDefn") or getattr(frag, "text", "").strip()]
        found = [self.read[frag.element] for frag in shown if hasattr(frag, "element")]
        if not found or any(at.attributes.get("id") in _RUNNING for at in found[0].around()):
            return None
        for alone in found[0].around():
            if alone.name in _ALONE and all(alone in at.around() for at in found):
                return alone
        return next(at for at in found[0].around() if at.name not in _INLINE)

    def piece(self, page: int, element: Element) -> int:
        """Number a piece of a page that shows an element."""
        self.counted += [0] * (page + 1 - len(self.counted))
        number = self.counted[page]
        self.counted[page] += 1
        element.pieces.append((page, number))
        return number


class _Begins(str):
    """The operator that begins a piece."""

    __slots__ = ()


class _Ends(str):
    """The operator that ends a piece."""

    __slots__ = ()


_END = _Ends("EMC")
_printing = [Notes()]  # one document at a time in a process


def begin() -> Notes:
    """Return the notes of the document that is printed from now on."""
    _printing[0] = Notes()
    return _printing[0]


def note_elements() -> None:
    """Make the engine note elements and mark pieces; call once in a process."""
    from xhtml2pdf.builders.printmarks import MarkedCanvas
    from xhtml2pdf.context import pisaContext
    from xhtml2pdf.xhtml2pdf_reportlab import PmlParagraph

    push: Callable[..., None] = pisaContext.pushFrag
    draw: Callable[..., None] = PmlParagraph.draw
    show_page: Callable[..., None] = MarkedCanvas.showPage

    def push_noted(context: Any) -> None:
        push(context)
        if context.node is not None:
            context.frag.element = _printing[0].enter(context.node)

    def draw_marked(paragraph: Any) -> None:
        notes = _printing[0]
        element = notes.of(paragraph.frags)
        if element is None:
            draw(paragraph)
            return
        canvas = paragraph.canv
        page, links = canvas.getPageNumber() - 1, len(canvas._annotationrefs)
        number = notes.piece(page, element)
        canvas._code.append(_Begins(f"/Span <</MCID {number}>> BDC"))
        draw(paragraph)
        canvas._code.append(_END)
        element.links += [(page, place) for place in range(links, len(canvas._annotationrefs))]

    def show_rest_as_artifacts(canvas: Any) -> None:
        canvas._code[:] = _with_artifacts(canvas._code)
        show_page(canvas)

    pisaContext.pushFrag = push_noted
    PmlParagraph.draw = draw_marked
    MarkedCanvas.showPage = show_rest_as_artifacts


def _with_artifacts(code: list[str]) -> list[str]:
    """Return the operators of a page, with all that is in no piece marked as artifacts."""
    marked: list[str] = []
    rest: list[str] = []
    inside = False
    for operator in [*code, _Begins()]:
        if isinstance(operator, _Begins):
            if rest:
                marked += ["/Artifact BMC", *rest, "EMC"]
            rest, inside = [], True
        (marked if inside else rest).append(operator)
        if isinstance(operator, _Ends):
            inside = False
    return marked[:-1]

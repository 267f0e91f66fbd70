"""The structure of a printed document: its elements as a tree in the file, in reading order (ISO 32000-1, 14.7 and 14.8).

A screen reader says it as headings, lists, tables and links, each in its language. RGAA 13.3 asks for it.
"""

from collections.abc import Iterator
from io import BytesIO

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

from app.pdf.tags import Element, Notes

# What an element is in the file; others only hold what is in them.
_KINDS = {
    "h1": "H1", "h2": "H2", "p": "P", "table": "Table", "tr": "TR", "th": "TH", "td": "TD", "a": "Link", "img": "Figure",
}  # fmt: skip


def tagged(pdf: bytes, notes: Notes) -> bytes:
    """Return a document with its structure, language and title; the same bytes for the same document."""
    with Pdf.open(BytesIO(pdf)) as document:
        _Tree(document, notes).plant()
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()


class _Tree:
    """The structure tree of one document while it is made."""

    def __init__(self, document: Pdf, notes: Notes) -> None:
        self.document, self.notes = document, notes
        self.root = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.pages = [page.obj for page in document.pages]
        # Who owns each piece of each page, and then each link.
        self.owners: list[list[object]] = [[None] * count for count in notes.counted]
        self.owners += [[] for _ in range(len(self.pages) - len(self.owners))]
        self.linked: list[object] = []

    def plant(self) -> None:
        """Put the tree, and what readers want beside it, into the document."""
        top = self.notes.read[0]
        body = self._element("Document", self.root)
        body.K = Array(list(self._under(top, body)))
        self.root.K = body
        for number, page in enumerate(self.pages):
            page.StructParents, page.Tabs = number, Name.S
        numbers: list[object] = []
        for number, owners in enumerate(self.owners):
            numbers += [number, self.document.make_indirect(Array(owners))]
        for number, owner in enumerate(self.linked, len(self.pages)):
            numbers += [number, owner]
        self.root.ParentTree = self.document.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.ParentTreeNextKey = len(self.pages) + len(self.linked)
        catalogue = self.document.Root
        catalogue.StructTreeRoot = self.root
        catalogue.MarkInfo = Dictionary(Marked=True)
        catalogue.Lang = String(top.attributes.get("lang", "fr"))
        catalogue.ViewerPreferences = Dictionary(DisplayDocTitle=True)

    def _element(self, kind: str, above: Dictionary) -> Dictionary:
        made: Dictionary = self.document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=above)
        )
        return made

    def _under(self, element: Element, above: Dictionary) -> Iterator[Dictionary]:
        """Yield what the elements inside one become, neighbours that are items of a list in a list of their own."""
        items: Dictionary | None = None
        for inner in filter(_shows, element.inside):
            if inner.attributes.get("role") != "listitem":
                items = None
                yield from self._made(inner, above)
                continue
            if items is None:
                items = self._element("L", above)
                items.K = Array()
                yield items
            item = self._element("LI", items)
            item.K = Array(list(self._made(inner, item, "LBody")))
            items.K.append(item)

    def _made(self, element: Element, above: Dictionary, kind: str = "") -> Iterator[Dictionary]:
        """Yield what an element becomes; what is in it, where it is of no kind and says no language."""
        kind = kind or ("" if _only_lays_out(element) else _KINDS.get(element.name, ""))
        if not kind and not element.pieces and element.attributes.get("lang"):
            kind = "Div"
        if not kind and not element.pieces:
            yield from self._under(element, above)
            return
        made = self._element(kind or "P", above)
        if element.attributes.get("lang"):
            made.Lang = String(element.attributes["lang"])
        if kind == "TH":
            made.A = Dictionary(O=Name.Table, Scope=Name.Row)
        if kind == "Figure":
            made.Alt = String(element.attributes.get("alt", ""))
        made.K = Array(
            [*self._pieces(element, made), *self._links(element, made), *self._under(element, made)]
        )
        yield made

    def _pieces(self, element: Element, made: Dictionary) -> Iterator[Dictionary]:
        for page, number in element.pieces:
            self.owners[page][number] = made
            yield Dictionary(Type=Name.MCR, Pg=self.pages[page], MCID=number)

    def _links(self, element: Element, made: Dictionary) -> Iterator[Dictionary]:
        for page, place in element.links:
            link = self.pages[page].Annots[place]
            link.StructParent = len(self.pages) + len(self.linked)
            link.Contents = String(str(link.A.URI))
            self.linked.append(made)
            yield Dictionary(Type=Name.OBJR, Pg=self.pages[page], Obj=link)


def _shows(element: Element) -> bool:
    return bool(element.pieces) or any(map(_shows, element.inside))


def _only_lays_out(element: Element) -> bool:
    """Return whether an element is a table, or part of one, that sets text side by side and relates nothing."""
    if element.name not in ("table", "tr", "td"):
        return False
    table = next(at for at in element.around() if at.name == "table")
    return table.attributes.get("role") == "presentation"

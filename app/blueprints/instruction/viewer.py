"""The viewer of a document: its file, zoom, rotation and the earlier version shown beside it.

All of it is in the address, so the viewer works without scripts and its address can be sent to a colleague.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.services.review.requested_documents import RequestedDocument
from app.web.pages.rendering import address

if TYPE_CHECKING:
    from app.storage.models import Document

ZOOMS = (100, 150, 200, 300)  # per cent of the width of the viewer
TURNS = (0, 90, 180, 270)  # degrees, clockwise


@dataclass(frozen=True)
class Viewer:
    """One document as the page shows it; `other` is the file beside it, None if there is only one."""

    reference: str
    requested: RequestedDocument
    file: "Document"
    other: "Document | None"
    zoom: int
    turn: int
    page: int = 1

    @property
    def shown(self) -> "tuple[Document, ...]":
        """The files on the page, the chosen one first."""
        return (self.file, self.other) if self.other else (self.file,)

    @property
    def here(self) -> str:
        """The address of this view."""
        return self._address()

    @property
    def larger(self) -> str:
        """The address of a larger view; "" at the largest."""
        return self._zoomed(1)

    @property
    def smaller(self) -> str:
        """The address of a smaller view; "" at the smallest."""
        return self._zoomed(-1)

    @property
    def turned(self) -> str:
        """The address of the view turned 90 degrees clockwise."""
        return self._address(tourner=TURNS[(TURNS.index(self.turn) + 1) % len(TURNS)])

    @property
    def pages(self) -> int:
        """The number of pages that can be turned: of the longer file, if two are shown."""
        return max(file.pages for file in self.shown)

    @property
    def page_before(self) -> str:
        """The address of the view of the page before; "" on the first."""
        return self._address(page=self.page - 1) if self.page > 1 else ""

    @property
    def page_after(self) -> str:
        """The address of the view of the next page; "" on the last."""
        return self._address(page=self.page + 1) if self.page < self.pages else ""

    def page_of(self, file: "Document") -> int:
        """Return the page of a file that is shown; its last where the other file is longer."""
        return min(self.page, int(file.pages))

    @property
    def alone(self) -> str:
        """The address of the view without the other file."""
        return self._address(avec=None)

    def compared_with(self, earlier: "Document") -> str:
        """Return the address of the present file with an earlier one beside it."""
        present = next(iter(self.requested.files), self.file)
        return self._address(fichier=present.id, avec=earlier.id, page=None)

    def _zoomed(self, step: int) -> str:
        place = ZOOMS.index(self.zoom) + step
        return self._address(zoom=ZOOMS[place]) if 0 <= place < len(ZOOMS) else ""

    def _address(self, **changes: int | None) -> str:
        values: dict[str, int | None] = {
            "fichier": self.file.id,
            "avec": self.other.id if self.other else None,
            "zoom": self.zoom,
            "tourner": self.turn,
            "page": self.page,
        } | changes
        usual = {("zoom", ZOOMS[0]), ("page", 1)}
        kept = {key: value for key, value in values.items() if value and (key, value) not in usual}
        where = {"reference": self.reference, "piece": self.requested.key, "_anchor": "piece"}
        return address("instruction.dossier", **where, **kept)


def viewer(reference: str, requested: RequestedDocument, asked: Mapping[str, str]) -> Viewer | None:
    """Return the view of a document that a query string asks for; None if it has no file.

    Unknown values are ignored.
    """
    files = [*requested.files, *reversed(requested.earlier)]
    if not files:
        return None
    known = {str(candidate.id): candidate for candidate in files}
    file = known.get(asked.get("fichier", ""), files[0])
    other = known.get(asked.get("avec", ""))
    shown = Viewer(
        reference,
        requested,
        file,
        other if other is not file else None,
        _parse(asked.get("zoom", ""), ZOOMS),
        _parse(asked.get("tourner", ""), TURNS),
    )
    return replace(shown, page=_parse(asked.get("page", ""), tuple(range(1, shown.pages + 1))))


def _parse(text: str, allowed: tuple[int, ...]) -> int:
    """Return the allowed number that a text is, otherwise the first one."""
    return next((number for number in allowed if str(number) == text), allowed[0])

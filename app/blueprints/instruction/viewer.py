"""How an agent looks at one document: which file, how large, which way up, beside which earlier version.

All of it is in the address, so that it works without scripts and can be sent to a colleague.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.services.review.requested_documents import RequestedDocument
from app.web.rendering import address

if TYPE_CHECKING:
    from app.storage.models import Document

ZOOMS = (100, 150, 200, 300)  # per cent of the width of the viewer
TURNS = (0, 90, 180, 270)  # degrees, clockwise


@dataclass(frozen=True)
class Viewer:
    """One document as it is looked at; `other` is the file beside it, None where there is one only."""

    reference: str
    requested: RequestedDocument
    file: "Document"
    other: "Document | None"
    zoom: int
    turn: int

    @property
    def shown(self) -> "tuple[Document, ...]":
        """The files on the page, the one chosen first."""
        return (self.file, self.other) if self.other else (self.file,)

    @property
    def larger(self) -> str:
        """The same, larger; empty at the largest."""
        return self._zoomed(1)

    @property
    def smaller(self) -> str:
        """The same, smaller; empty at the smallest."""
        return self._zoomed(-1)

    @property
    def turned(self) -> str:
        """The same, a quarter further to the right."""
        return self._address(tourner=TURNS[(TURNS.index(self.turn) + 1) % len(TURNS)])

    @property
    def alone(self) -> str:
        """The file without the one beside it."""
        return self._address(avec=None)

    def beside(self, earlier: "Document") -> str:
        """The present file with an earlier one beside it."""
        present = next(iter(self.requested.files), self.file)
        return self._address(fichier=present.id, avec=earlier.id)

    def _zoomed(self, step: int) -> str:
        place = ZOOMS.index(self.zoom) + step
        return self._address(zoom=ZOOMS[place]) if 0 <= place < len(ZOOMS) else ""

    def _address(self, **changes: int | None) -> str:
        values: dict[str, int | None] = {
            "fichier": self.file.id,
            "avec": self.other.id if self.other else None,
            "zoom": self.zoom,
            "tourner": self.turn,
        } | changes
        kept = {key: value for key, value in values.items() if value and (key, value) != ("zoom", ZOOMS[0])}
        where = {"reference": self.reference, "piece": self.requested.key, "_anchor": "piece"}
        return address("instruction.dossier", **where, **kept)


def viewer(reference: str, requested: RequestedDocument, asked: Mapping[str, str]) -> Viewer | None:
    """What the address asks to see of a document; None where nothing came. Anything strange is the usual view."""
    files = [*requested.files, *reversed(requested.earlier)]
    if not files:
        return None
    known = {str(one.id): one for one in files}
    file = known.get(asked.get("fichier", ""), files[0])
    other = known.get(asked.get("avec", ""))
    return Viewer(
        reference,
        requested,
        file,
        other if other is not file else None,
        _one_of(ZOOMS, asked.get("zoom", "")),
        _one_of(TURNS, asked.get("tourner", "")),
    )


def _one_of(known: tuple[int, ...], text: str) -> int:
    return next((one for one in known if str(one) == text), known[0])

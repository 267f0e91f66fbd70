"""The place of a dossier in the list that it was opened from: the way back, the dossiers before and after.

The list is in the address, as its own query, and read by what reads the queue's: so an address can name no other page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request

from app.blueprints.instruction.lists import search
from app.storage.review import queue as store
from app.storage.review.queue import Filters
from app.storage.review.queue_order import Cursor, place
from app.web.current import agent
from app.web.pages.rendering import address, carry

LIST, PLACE = "liste", "place"
TICKED = "dossiers"  # the boxes of the lines
PAGES = ("apres", "avant")  # cursors of a page of the list
_LONGEST = 1000


@dataclass(frozen=True)
class Neighbour:
    """The dossier before or after, with its address in the same list."""

    dossier: Any
    address: str


@dataclass(frozen=True)
class ListPlace:
    """A list as it was shown, and the place of one dossier in it."""

    query: Mapping[str, str]
    place: Cursor | None = None

    @property
    def filters(self) -> Filters:
        """The filters of the list."""
        return search.wanted(self.query)

    @property
    def back(self) -> str:
        """The address of the list, at the line of the dossier."""
        anchor = {"_anchor": f"dossier-{self.place.id}"} if self.place else {}
        return address("instruction.queue", **self.query, **anchor)

    @property
    def value(self) -> str:
        """What LIST holds in an address, "" for the whole service."""
        return urlencode(self.query)

    def at(self, dossier: Any) -> dict[str, str]:
        """Return the values that the address of a dossier of this list carries."""
        shown = {LIST: self.value} if self.query else {}
        return shown | {PLACE: str(place(dossier, self.filters.order))}

    def address_of(self, dossier: Any) -> str:
        """Return the address of a dossier of this list."""
        return f"{address('instruction.dossier', reference=dossier.reference)}?{urlencode(self.at(dossier))}"

    def neighbours(self) -> tuple[Neighbour | None, Neighbour | None]:
        """Return the dossiers before and after, by the place that the list had when it was shown."""
        if self.place is None:
            return None, None
        person = agent()
        before, after = store.neighbours(person.service_id, person.id, self.filters, self.place)
        return self._neighbour(before), self._neighbour(after)

    def _neighbour(self, dossier: Any) -> Neighbour | None:
        return Neighbour(dossier, self.address_of(dossier)) if dossier else None


def shown(args: Mapping[str, str]) -> ListPlace:
    """Return the list that a query of the queue shows: known filters and the page, nothing else."""
    pages = {key: str(cursor) for key in PAGES if (cursor := Cursor.read(args.get(key, "")))}
    return ListPlace(search.written(search.wanted(args)) | pages)


def asked() -> Mapping[str, str]:
    """Return the query of the list that this page is about: its own, or the one that it carries."""
    carried = request.values.get(LIST)
    return request.args if carried is None else dict(parse_qsl(carried[:_LONGEST]))


def current() -> ListPlace:
    """Return the list that the address of a dossier carries; the whole service without one."""
    query = shown(dict(parse_qsl(request.values.get(LIST, "")[:_LONGEST]))).query
    return ListPlace(query, Cursor.read(request.args.get(PLACE, "")))


def carry_along(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Make every link about the dossier of this request carry its list along."""
    reference = (values or {}).get("reference")
    kept = {key: request.args[key] for key in (LIST, PLACE) if request.args.get(key)}
    if reference and kept:
        carry(reference, {key: value[:_LONGEST] for key, value in kept.items()})

"""The open request for documents, shown on every page of the dossier."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.dossiers import standing_words
from app.domain.dossiers.complements import PHOTO_DOCUMENT
from app.domain.dossiers.states import State
from app.domain.procedures import journey
from app.storage.applications import complements
from app.web.current import today

if TYPE_CHECKING:
    from app.storage.models import Dossier


@dataclass(frozen=True)
class Request:
    """An open request for documents; `days` are left until `due_on`, `answered` documents are dealt with.

    Where `with_photo` is set, the e-photo is one of them: what is said of it is said there.
    """

    due_on: date
    days: int
    titles: tuple[str, ...]
    answered: int
    with_photo: bool

    @property
    def unanswered(self) -> str:
        """What happens without an answer."""
        return standing_words.unanswered(past=self.days < 0)


def open_request(dossier: "Dossier") -> Request | None:
    """Return the open request of a dossier, None if the service waits for nothing."""
    if dossier.state != State.COMPLEMENT_REQUESTED:
        return None
    request = complements.open_request(dossier.id)
    if request is None:
        return None
    listed = journey(dossier.journey, dossier.journey_version).documents
    titles = {document.key: document.title for document in (PHOTO_DOCUMENT, *listed)}
    titles |= request.titles
    # One may be asked for again, by the name that an earlier request gave it.
    if not titles.keys() >= set(request.slots):
        titles |= complements.others(dossier.id)
    return Request(
        request.due_on,
        (request.due_on - today()).days,
        tuple(titles[slot] for slot in request.slots),
        request.answered,
        PHOTO_DOCUMENT.key in request.slots,
    )

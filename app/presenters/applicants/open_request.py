"""What a person is asked for and has not sent: said on every page of the dossier until they have."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.domain.dossiers.states import State
from app.domain.procedures import journey
from app.storage.applications import complements
from app.web.current import today

if TYPE_CHECKING:
    from app.storage.models import Dossier


@dataclass(frozen=True)
class Request:
    """An open request for documents, as the follow-up shows it."""

    due_on: date
    days: int
    titles: tuple[str, ...]
    answered: int


def open_request(dossier: "Dossier") -> Request | None:
    """What the service waits for, if it does."""
    if dossier.state != State.COMPLEMENT_REQUESTED:
        return None
    asked = complements.open_request(dossier.id)
    if asked is None:
        return None
    asked_of = journey(dossier.journey, dossier.journey_version).documents
    titles = {one.key: one.title for one in asked_of}
    return Request(
        asked.due_on,
        (asked.due_on - today()).days,
        tuple(titles[slot] for slot in asked.slots),
        asked.answered,
    )

"""A dossier as the agent reads it: each document asked for, what came for it, and what it has to prove."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.identifiers import is_reference
from app.domain.journey import Journey, SupportingDocument
from app.domain.procedures import journey as journey_of
from app.domain.questions import Case, Question
from app.domain.states import Circumstances, Role, State, Transition, actions
from app.services.agents import roles_of
from app.services.circumstances import circumstances
from app.storage import complements, reviews
from app.storage import dossiers as store
from app.storage.models import Agent, Complement, ComplementItem, Document, Dossier, Event, PhotoCode


class Standing(StrEnum):
    """What came for a supporting document."""

    NEW = "new"  # since the last request
    RECEIVED = "received"
    ASKED = "asked"  # in the open request, nothing new yet
    LETTER = "letter"
    EXPLAINED = "explained"  # words only
    MISSING = "missing"


@dataclass(frozen=True)
class Piece:
    """One supporting document: its files, the ones they replaced, and the request that concerns it."""

    document: SupportingDocument
    files: tuple[Document, ...]
    earlier: tuple[Document, ...]
    explanation: str
    request: Complement | None
    item: ComplementItem | None

    @property
    def key(self) -> str:
        """The key of the supporting document."""
        return self.document.key

    @property
    def standing(self) -> Standing:
        """Where it stands, in one word."""
        if self.request and any(file.received_at >= self.request.asked_at for file in self.files):
            return Standing.NEW
        if self.item and self.request and self.request.answered_at is None:
            return Standing.ASKED
        if self.files:
            return Standing.LETTER if all(file.letter for file in self.files) else Standing.RECEIVED
        return Standing.EXPLAINED if self.explanation else Standing.MISSING


@dataclass(frozen=True)
class Review:
    """All that the page of a dossier shows. `seen` is the last move it tells, see instruction.Act."""

    dossier: Dossier
    journey: Journey
    pieces: tuple[Piece, ...]
    photo: PhotoCode | None
    request: Complement | None
    events: Sequence[Event]
    seen: int
    roles: frozenset[Role]  # of who reads it
    circumstances: Circumstances

    @property
    def state(self) -> State:
        """Where the dossier is in its life."""
        return State(self.dossier.state)

    @property
    def acts(self) -> tuple[Transition, ...]:
        """What the agent can do now."""
        return tuple(filter(self.circumstances.allow, actions(self.state, *self.roles)))

    @property
    def wants_time(self) -> bool:
        """Whether the applicant has asked for more time and nobody has answered."""
        return self.waiting and self.circumstances.wants_time

    @property
    def extends(self) -> bool:
        """Whether extension certificates issue themselves."""
        return bool(self.circumstances.extended)

    @property
    def waiting(self) -> bool:
        """Whether a request waits for the applicant."""
        return self.state is State.COMPLEMENT_REQUESTED

    @property
    def received(self) -> int:
        """How many of the supporting documents have a file."""
        return sum(1 for piece in self.pieces if piece.files)

    def piece(self, key: str) -> Piece | None:
        """The piece at this key; otherwise what is new, or the first that has something to read. None without any."""
        found = next((piece for piece in self.pieces if piece.key == key), None)
        fresh = next((piece for piece in self.pieces if piece.standing is Standing.NEW), None)
        filled = next((piece for piece in self.pieces if piece.files or piece.explanation), None)
        return found or fresh or filled or next(iter(self.pieces), None)

    def after(self, piece: Piece) -> Piece | None:
        """The piece that follows, None after the last."""
        place = self.pieces.index(piece) + 1
        return self.pieces[place] if place < len(self.pieces) else None

    def proved(self, piece: Piece) -> Iterator[tuple[Question, Any]]:
        """The answers that a piece has to prove."""
        for _step, rows in self.journey.rows(self.dossier.sealed):
            yield from ((q, value) for q, value in rows if q.key in piece.document.proves and value)

    def days_left(self, today: date) -> int:
        """Days of rights that remain; negative once they have ended."""
        rights_end = self.dossier.rights_end
        return (rights_end - today).days if rights_end else 0


def review(agent: Agent, reference: str) -> Review:
    """Read a dossier of an agent's service; Dossier.DoesNotExist for another's, as for one that does not exist."""
    if not is_reference(reference):
        raise Dossier.DoesNotExist  # nor is it a text that a database would take
    dossier = store.in_service(agent.service_id, reference)
    journey = journey_of(dossier.journey, dossier.journey_version)
    request = reviews.last_request(dossier.id)
    return Review(
        dossier=dossier,
        journey=journey,
        pieces=tuple(_pieces(dossier, journey, request)),
        photo=store.photo(dossier.id),
        request=request,
        events=store.events(dossier.id),
        seen=reviews.last_move(dossier.id),
        roles=roles_of(agent),
        circumstances=circumstances(dossier, agent),
    )


def case_of(dossier: Dossier) -> Case:
    """A filed dossier as its journey reads it."""
    return Case(dossier.sealed, identity=dossier.identity)


def _pieces(dossier: Dossier, journey: Journey, request: Complement | None) -> Iterator[Piece]:
    files = store.all_documents(dossier.id)
    explanations = store.explanations(dossier.id)
    items = {item.slot: item for item in complements.items(request.id)} if request else {}
    for document in journey.needed(case_of(dossier)):
        own = [file for file in files if file.slot == document.key]
        yield Piece(
            document=document,
            files=tuple(file for file in own if file.removed_at is None),
            earlier=tuple(file for file in own if file.removed_at is not None),
            explanation=explanations.get(document.key, ""),
            request=request,
            item=items.get(document.key),
        )

"""A dossier as the agent reads it: each document asked for, what came for it, and what it has to prove."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.domain.actions import possible
from app.domain.actions.action import AgentAction, TransitionConditions
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import Case, Question
from app.domain.procedures import journey as journey_of
from app.domain.rules.identifiers import is_reference
from app.services.review.requested_documents import RequestedDocument, Standing, requested_documents_of
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Complement, Dossier, Event, PhotoCode
from app.storage.review import dossier_view


@dataclass(frozen=True)
class DossierView:
    """All that the page of a dossier shows. `seen` is the last move it tells, see decisions.acts.Act."""

    dossier: Dossier
    journey: Journey
    pieces: tuple[RequestedDocument, ...]
    photo: PhotoCode | None
    prepared: int  # answers to the open request that the applicant has not sent yet
    events: Sequence[Event]
    seen: int
    roles: frozenset[Role]  # of who reads it
    circumstances: TransitionConditions
    requests: Sequence[Complement]  # for documents, the newest first

    @property
    def request(self) -> Complement | None:
        """The last request for documents."""
        return next(iter(self.requests), None)

    @property
    def state(self) -> State:
        """Where the dossier is in its life."""
        return State(self.dossier.state)

    @property
    def actions(self) -> tuple[AgentAction, ...]:
        """What the agent can do now."""
        return tuple(filter(self.circumstances.allow, possible(self.state, self.roles)))

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

    @property
    def checked(self) -> int:
        """How many of them an agent has checked, as they are now."""
        return sum(1 for piece in self.pieces if piece.mark)

    @property
    def faults(self) -> int:
        """How many there is a reason to ask for."""
        return sum(1 for piece in self.pieces if piece.fault)

    @property
    def checkable(self) -> bool:
        """Whether documents are still to be checked: until the decision."""
        return self.state in OPEN

    @property
    def replies(self) -> tuple[RequestedDocument, ...]:
        """The documents of the last request, once its answer is sent."""
        sent = self.request is not None and self.request.answered_at is not None
        return tuple(piece for piece in self.pieces if sent and piece.item)

    def overdue(self, today: date) -> int:
        """Days without an answer since the date asked; 0 before it, and when nothing is waited for."""
        return max((today - self.request.due_on).days, 0) if self.waiting and self.request else 0

    def piece(self, key: str) -> RequestedDocument | None:
        """The piece at this key; otherwise what is new, or the first that has something to read. None without any."""
        found = next((piece for piece in self.pieces if piece.key == key), None)
        fresh = next((piece for piece in self.pieces if piece.standing is Standing.NEW), None)
        filled = next((piece for piece in self.pieces if piece.files or piece.explanation), None)
        return found or fresh or filled or next(iter(self.pieces), None)

    def after(self, piece: RequestedDocument) -> RequestedDocument | None:
        """The piece that follows, None after the last."""
        return self._beside(piece, 1)

    def before(self, piece: RequestedDocument) -> RequestedDocument | None:
        """The piece before it, None before the first."""
        return self._beside(piece, -1)

    def to_check(self, key: str) -> RequestedDocument:
        """The document that nobody has checked as it is now, after this one and round again; itself where none is."""
        place = [one.key for one in self.pieces].index(key)
        order = (*self.pieces[place + 1 :], *self.pieces[:place])
        return next((one for one in order if not one.mark), self.pieces[place])

    def _beside(self, piece: RequestedDocument, step: int) -> RequestedDocument | None:
        place = [one.key for one in self.pieces].index(piece.key) + step
        return self.pieces[place] if 0 <= place < len(self.pieces) else None

    def proved(self, piece: RequestedDocument) -> Iterator[tuple[Question, Any]]:
        """The answers that a piece has to prove."""
        for _step, rows in self.journey.rows(self.dossier.sealed):
            yield from ((q, value) for q, value in rows if q.key in piece.document.proves and value)

    def days_left(self, today: date) -> int:
        """Days of rights that remain; negative once they have ended."""
        rights_end = self.dossier.rights_end
        return (rights_end - today).days if rights_end else 0


def view_dossier(agent: Agent, reference: str) -> DossierView:
    """Read a dossier of an agent's service; Dossier.DoesNotExist for another's, as for one that does not exist."""
    if not is_reference(reference):
        raise Dossier.DoesNotExist  # nor is it a text that a database would take
    dossier = store.in_service(agent.service_id, reference)
    journey = journey_of(dossier.journey, dossier.journey_version)
    requests = complements.of_dossier(dossier.id)
    waits = complements.open_request(dossier.id)
    return DossierView(
        dossier=dossier,
        journey=journey,
        pieces=tuple(requested_documents_of(dossier, journey.needed(case_of(dossier)), requests)),
        photo=store.photo(dossier.id),
        prepared=waits.answered if waits else 0,
        events=store.events(dossier.id),
        seen=dossier_view.last_move(dossier.id),
        roles=roles_of(agent),
        circumstances=conditions_of(dossier, agent),
        requests=requests,
    )


def case_of(dossier: Dossier) -> Case:
    """A filed dossier as its journey reads it."""
    return Case(dossier.sealed, identity=dossier.identity)

"""A dossier for the agent's page: its requested documents, events, conditions and possible actions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.actions import possible
from app.domain.actions.action import AgentAction, TransitionConditions
from app.domain.dossiers.states import OPEN, Role, State
from app.domain.journeys.journey import Journey
from app.domain.journeys.questions import PHOTO, Question
from app.domain.procedures import journey as journey_of
from app.domain.rules.calendar import days_since
from app.domain.rules.ephotos import EPhoto
from app.domain.rules.identifiers import is_reference
from app.services.applications import asked_documents, photos
from app.services.appointments import fingerprints
from app.services.filed import case_of
from app.services.review.requested_documents import (
    RequestedDocument,
    Standing,
    requested_documents_of,
    sent_at,
)
from app.services.review.transition_conditions import conditions_of
from app.services.staff.agents import roles_of
from app.storage.applications import complements
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Complement, ComplementItem, Dossier, Event
from app.storage.review import dossier_view


@dataclass(frozen=True)
class DossierView:
    """The data of a dossier's page; `seen` is the id of its last transition, see decisions.acts.Act."""

    dossier: Dossier
    journey: Journey
    requested_documents: tuple[RequestedDocument, ...]
    photo: EPhoto | None  # None if the procedure requires none
    photo_request: ComplementItem | None  # of the last request
    photo_explanation: str  # why there is none, once sent
    prepared: int  # answers to the open request that the applicant has not sent yet
    events: Sequence[Event]
    seen: int
    roles: frozenset[Role]  # of the agent
    conditions: TransitionConditions
    requests: Sequence[Complement]  # for documents, newest first

    @property
    def request(self) -> Complement | None:
        """Last request for documents, None without any."""
        return next(iter(self.requests), None)

    @property
    def state(self) -> State:
        """State of the dossier."""
        return State(self.dossier.state)

    @property
    def actions(self) -> tuple[AgentAction, ...]:
        """Actions that are possible for the agent now."""
        return tuple(filter(self.conditions.allow, possible(self.state, self.roles)))

    @property
    def wants_time(self) -> bool:
        """Whether a request for more time has no answer yet."""
        return self.waiting and self.conditions.wants_time

    @property
    def waiting(self) -> bool:
        """Whether a request waits for the applicant."""
        return self.state is State.COMPLEMENT_REQUESTED

    @property
    def received(self) -> int:
        """Number of documents that have a file."""
        return sum(1 for requested in self.requested_documents if requested.files)

    @property
    def checked(self) -> int:
        """Number of documents whose present version has a mark."""
        return sum(1 for requested in self.requested_documents if requested.mark)

    @property
    def photo_missing(self) -> bool:
        """Whether the decision or the production waits for an e-photo, see `photos.missing`."""
        return photos.missing(self.dossier)

    @property
    def prints_missing(self) -> bool:
        """Whether the production waits for fingerprints, see `fingerprints.missing`."""
        return fingerprints.missing(self.dossier)

    @property
    def faults(self) -> int:
        """Number of documents that there is a reason to request."""
        return sum(1 for requested in self.requested_documents if requested.fault)

    @property
    def checkable(self) -> bool:
        """Whether documents can be checked: until the decision."""
        return self.state in OPEN

    @property
    def replies(self) -> tuple[RequestedDocument, ...]:
        """Documents of the last request, once its answers are sent."""
        sent = self.request is not None and self.request.answered_at is not None
        return tuple(requested for requested in self.requested_documents if sent and requested.item)

    def overdue(self, today: date) -> int:
        """Return the days since an unanswered request was due; 0 before that date or without such a request."""
        return max((today - self.request.due_on).days, 0) if self.waiting and self.request else 0

    def time_asked_days(self, today: date) -> int | None:
        """Return the days since the applicant asked for more time; None unless they wait for the answer."""
        asked = self.request.time_asked_at if self.request and self.wants_time else None
        return days_since(asked, today) if asked else None

    def requested_document(self, key: str) -> RequestedDocument | None:
        """Return the document with a key; otherwise the first new, first received, or first one. None without any."""
        chosen = next((requested for requested in self.requested_documents if requested.key == key), None)
        new = next(
            (requested for requested in self.requested_documents if requested.standing is Standing.NEW), None
        )
        received = next(
            (requested for requested in self.requested_documents if requested.files or requested.explanation),
            None,
        )
        return chosen or new or received or next(iter(self.requested_documents), None)

    def after(self, requested: RequestedDocument) -> RequestedDocument | None:
        """Return the next document, None after the last."""
        return self._neighbour(requested, 1)

    def before(self, requested: RequestedDocument) -> RequestedDocument | None:
        """Return the previous document, None before the first."""
        return self._neighbour(requested, -1)

    def to_check(self, key: str) -> RequestedDocument:
        """Return the next document without a mark, from the first again after the last; the same one if all have one."""
        index = [requested.key for requested in self.requested_documents].index(key)
        order = (*self.requested_documents[index + 1 :], *self.requested_documents[:index])
        return next((requested for requested in order if not requested.mark), self.requested_documents[index])

    def _neighbour(self, requested: RequestedDocument, step: int) -> RequestedDocument | None:
        index = [other.key for other in self.requested_documents].index(requested.key) + step
        return self.requested_documents[index] if 0 <= index < len(self.requested_documents) else None

    def proved(self, requested: RequestedDocument) -> Iterator[tuple[Question, Any]]:
        """Yield the questions and answers that a document has to prove."""
        for _step, rows in self.journey.rows(self.dossier.sealed):
            yield from (
                (question, value)
                for question, value in rows
                if question.key in requested.document.proves and value
            )


def view_dossier(agent: Agent, reference: str, now: datetime) -> DossierView:
    """Return the view of a dossier of the agent's service. Raises Dossier.DoesNotExist for any other reference."""
    if not is_reference(reference):
        raise Dossier.DoesNotExist  # before any query: PostgreSQL refuses NUL characters in texts
    dossier = store.in_service(agent.service_id, reference)
    journey = journey_of(dossier.journey, dossier.journey_version)
    requests = complements.of_dossier(dossier.id)
    waits = complements.open_request(dossier.id)
    asked = (*journey.needed(case_of(dossier)), *(asked_documents.others(dossier.id) if requests else ()))
    return DossierView(
        dossier=dossier,
        journey=journey,
        requested_documents=tuple(requested_documents_of(dossier, asked, requests)),
        photo=photos.required(dossier),
        **_photo_request(dossier, requests),
        prepared=waits.answered if waits else 0,
        events=store.events(dossier.id),
        seen=dossier_view.last_move(dossier.id),
        roles=roles_of(agent),
        conditions=conditions_of(dossier, agent, now),
        requests=requests,
    )


def _photo_request(dossier: Dossier, requests: Sequence[Complement]) -> dict[str, Any]:
    """Return the request for the e-photo, and the explanation of its absence as soon as it is sent."""
    last = next(iter(requests), None)
    items = complements.items(last.id) if last else ()
    explained = [row for row in store.explained(dossier.id) if row.slot == PHOTO]
    sent = [row.text for row in explained if sent_at(row.written_at, requests)]
    return {
        "photo_request": next((item for item in items if item.slot == PHOTO), None),
        "photo_explanation": next(iter(sent), ""),
    }

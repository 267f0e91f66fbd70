"""What the applicant changed in a dossier after filing it, and what of it an agent has not seen yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import cast

from app.domain.actions.applicants import SUBMIT
from app.domain.rules.parameters import VISIT_MINUTES
from app.services.applications import corrections
from app.services.review.dossier_view import DossierView
from app.services.review.requested_documents import RequestedDocument, sent_at
from app.storage.applications import audit
from app.storage.models import Agent, Correction, Document

MOST_OPENINGS = 200  # of one agent, looked at to find where their present visit began


@dataclass(frozen=True)
class Change:
    """One change: of answers, or of the files of a document. `new` tells that this agent has not seen it yet."""

    at: datetime
    new: bool
    correction: Correction | None = None
    piece: RequestedDocument | None = None
    came: tuple[Document, ...] = ()
    went: tuple[Document, ...] = ()
    said: bool = False  # words in place of the document


@dataclass(frozen=True)
class Changes:
    """The latest first, and when this agent last visited the dossier; None the first time."""

    all: tuple[Change, ...]
    visited_at: datetime | None

    @property
    def new(self) -> int:
        """How many are new to this agent."""
        return sum(1 for one in self.all if one.new)


def since_filing(review: DossierView, agent: Agent, now: datetime) -> Changes:
    """Everything that changed since the filing. Call it once the opening of the page is recorded, or before."""
    visited_at = last_visit([now, *audit.openings(review.dossier.id, agent.id, MOST_OPENINGS)])
    found = [
        *(
            Change(one.at, _new(one.at, visited_at), correction=one)
            for one in corrections.versions(review.dossier.id)
        ),
        *_of_documents(review, visited_at),
    ]
    return Changes(tuple(sorted(found, key=lambda one: one.at, reverse=True)), visited_at)


def last_visit(openings: Sequence[datetime]) -> datetime | None:
    """When the visit before the present one ended: pages opened one after the other are one visit.

    `openings` holds the present instant and the agent's openings, the latest first.
    """
    pause = timedelta(minutes=VISIT_MINUTES)
    return next((before for after, before in pairwise(openings) if after - before > pause), None)


def _new(at: datetime, visited_at: datetime | None) -> bool:
    return visited_at is not None and at > visited_at


def _of_documents(review: DossierView, visited_at: datetime | None) -> Iterator[Change]:
    filed_at = next(
        (event.at for event in review.events if event.action == SUBMIT.key), review.dossier.created_at
    )
    for piece in review.pieces:
        moments: dict[datetime, tuple[list[Document], list[Document]]] = {}
        for file in (*piece.files, *piece.earlier):
            came_at = cast(datetime, sent_at(file.received_at, review.requests))  # pieces hold what was sent
            if came_at > filed_at:
                moments.setdefault(came_at, ([], []))[0].append(file)
            if file.removed_at and file.removed_at > filed_at:
                moments.setdefault(file.removed_at, ([], []))[1].append(file)
        if piece.explained_at and piece.explained_at > filed_at:
            at = piece.explained_at
            yield Change(at, _new(at, visited_at), piece=piece, said=True)
        for at, (came, went) in moments.items():
            yield Change(at, _new(at, visited_at), piece=piece, came=tuple(came), went=tuple(went))

"""Changes made by the applicant since the filing, and which of them an agent has not seen yet."""

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

MOST_OPENINGS = 200  # of one agent, read to find the beginning of their present visit


@dataclass(frozen=True)
class Change:
    """A change of answers, or of the files of a document; `new` if the agent has not seen it yet."""

    at: datetime
    new: bool
    correction: Correction | None = None
    requested: RequestedDocument | None = None
    added: tuple[Document, ...] = ()
    removed: tuple[Document, ...] = ()
    explained: bool = False  # an explanation instead of the document


@dataclass(frozen=True)
class Changes:
    """All changes, newest first, and the end of the agent's last visit; None on the first visit."""

    all: tuple[Change, ...]
    visited_at: datetime | None

    @property
    def new(self) -> int:
        """Number of changes that the agent has not seen."""
        return sum(1 for change in self.all if change.new)


def since_filing(view: DossierView, agent: Agent, now: datetime) -> Changes:
    """Return the changes since the filing; the result is the same before and after this opening is recorded."""
    visited_at = last_visit([now, *audit.openings(view.dossier.id, agent.id, MOST_OPENINGS)])
    changes = [
        *(
            Change(correction.at, _is_new(correction.at, visited_at), correction=correction)
            for correction in corrections.versions(view.dossier.id)
        ),
        *_document_changes(view, visited_at),
    ]
    return Changes(tuple(sorted(changes, key=lambda change: change.at, reverse=True)), visited_at)


def last_visit(openings: Sequence[datetime]) -> datetime | None:
    """Return the end of the visit before the present one, None without any.

    Openings less than VISIT_MINUTES apart are one visit. `openings` has the present instant, then the agent's openings,
    newest first.
    """
    pause = timedelta(minutes=VISIT_MINUTES)
    return next((before for after, before in pairwise(openings) if after - before > pause), None)


def _is_new(at: datetime, visited_at: datetime | None) -> bool:
    return visited_at is not None and at > visited_at


def _document_changes(view: DossierView, visited_at: datetime | None) -> Iterator[Change]:
    filed_at = next(
        (event.at for event in view.events if event.action == SUBMIT.key), view.dossier.created_at
    )
    for requested in view.requested_documents:
        by_instant: dict[datetime, tuple[list[Document], list[Document]]] = {}  # files added, files removed
        for file in (*requested.files, *requested.earlier):
            added_at = cast(
                datetime, sent_at(file.received_at, view.requests)
            )  # unsent files are not in requested_documents
            if added_at > filed_at:
                by_instant.setdefault(added_at, ([], []))[0].append(file)
            if file.removed_at and file.removed_at > filed_at:
                by_instant.setdefault(file.removed_at, ([], []))[1].append(file)
        if requested.explained_at and requested.explained_at > filed_at:
            at = requested.explained_at
            yield Change(at, _is_new(at, visited_at), requested=requested, explained=True)
        for at, (added, removed) in by_instant.items():
            yield Change(
                at, _is_new(at, visited_at), requested=requested, added=tuple(added), removed=tuple(removed)
            )

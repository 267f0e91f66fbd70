"""Queries for the review of one dossier; the service of the agent is part of those that take a reference."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import fn

from app.domain.actions import ACTIONS
from app.domain.rules.identifiers import is_reference
from app.storage.models import (
    Agent,
    Complement,
    Document,
    DocumentMark,
    Dossier,
    Event,
    InternalNote,
    Service,
)

INFECTED = "infected"  # what the scanner said of a file taken out
_MOVES = sorted(ACTIONS)


def unsent(dossier_ids: Sequence[int] = ()) -> Any:
    """The condition of a file prepared for an open request: only the applicant sees it before it is sent.

    `dossier_ids` are those whose files are read, when several: PostgreSQL else reads all open requests there are.
    """
    asked = (Complement.dossier == Document.dossier) & (Complement.asked_at <= Document.received_at)
    if dossier_ids:
        asked &= Complement.dossier.in_(dossier_ids)
    return fn.EXISTS(Complement.select(Complement.id).where(asked & Complement.answered_at.is_null()))


def document(service_id: int, reference: str, document_id: int) -> Document:
    """A file sent in a dossier of this service, replaced ones too; Document.DoesNotExist otherwise.

    What is prepared for an open request is not sent yet, and a dangerous file is opened by nobody.
    """
    if not is_reference(reference):
        raise Document.DoesNotExist
    here = (Dossier.service == service_id) & (Dossier.reference == reference)
    return (
        Document.select(Document)
        .join(Dossier)
        .where(here & (Document.id == document_id) & (Document.scan != INFECTED) & ~unsent())
        .get()
    )


def last_move(dossier_id: int) -> int:
    """The number of the last event that moved a dossier; 0 before the first."""
    last = (
        Event.select(Event.id)
        .where((Event.dossier == dossier_id) & Event.action.in_(_MOVES))
        .order_by(Event.id.desc())
        .first()
    )
    return last.id if last else 0


def last_moves(dossier_ids: Sequence[int]) -> dict[int, int]:
    """The same for a page of dossiers."""
    rows: Any = (
        Event.select(Event.dossier, fn.MAX(Event.id))
        .where(Event.dossier.in_(dossier_ids) & Event.action.in_(_MOVES))
        .group_by(Event.dossier)
    )
    return dict(rows.tuples())


def others(service_id: int, dossier: Dossier) -> Sequence[Dossier]:
    """The other applications of the same person in this service, the latest first."""
    same = (
        (Dossier.account == dossier.account_id) & (Dossier.service == service_id) & (Dossier.id != dossier.id)
    )
    kept = (
        Dossier.id,
        Dossier.reference,
        Dossier.journey,
        Dossier.journey_version,
        Dossier.state,
        Dossier.filed_on,
    )
    query = Dossier.select(*kept).where(same & Dossier.reference.is_null(False))
    return list(query.order_by(Dossier.id.desc()).limit(20))


def marks(dossier_id: int) -> Mapping[str, DocumentMark]:
    """The last mark of each supporting document, with the agent who made it."""
    rows: Any = (
        DocumentMark.select(DocumentMark, Agent)
        .join(Agent)
        .where(DocumentMark.dossier == dossier_id)
        .order_by(DocumentMark.id)
    )
    return {row.slot: row for row in rows}


def notes(dossier_id: int) -> Sequence[InternalNote]:
    """What agents wrote among themselves, the latest first, with who wrote it and in which service they are."""
    return list(
        InternalNote.select(InternalNote, Agent, Service)
        .join(Agent)
        .join(Service)
        .where(InternalNote.dossier == dossier_id)
        .order_by(InternalNote.id.desc())
    )

"""Queries for the review of one dossier; those that take a reference also take the agent's service."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import JOIN, fn

from app.domain.actions import ACTIONS, TRANSITIONS
from app.domain.rules.identifiers import is_reference
from app.domain.rules.uploads import Scan
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

_MOVES = sorted(ACTIONS)
_STEPS = sorted({move.action for move in TRANSITIONS if move.origin is not move.target})


def unsent(dossier_ids: Sequence[int] = ()) -> Any:
    """Return the condition of a file added to an open request, which only the applicant sees until it is sent.

    `dossier_ids` restricts it to several dossiers: without it, PostgreSQL reads every open request there is.
    """
    asked = (Complement.dossier == Document.dossier) & (Complement.asked_at <= Document.received_at)
    if dossier_ids:
        asked &= Complement.dossier.in_(dossier_ids)
    return fn.EXISTS(Complement.select(Complement.id).where(asked & Complement.answered_at.is_null()))


def received(service_id: int, reference: str, document_id: int) -> Document:
    """Return a file of a service's dossier, even with a virus; Document.DoesNotExist for any other, or not sent yet."""
    if not is_reference(reference):
        raise Document.DoesNotExist
    here = (Dossier.service == service_id) & (Dossier.reference == reference)
    return (
        Document.select(Document).join(Dossier).where(here & (Document.id == document_id) & ~unsent()).get()
    )


def document(service_id: int, reference: str, document_id: int) -> Document:
    """Return a file of a service's dossier, replaced ones included; Document.DoesNotExist otherwise.

    Files not sent yet and files with a virus are left out.
    """
    found = received(service_id, reference, document_id)
    if found.scan == Scan.INFECTED:
        raise Document.DoesNotExist
    return found


def last_move(dossier_id: int) -> int:
    """Return the id of the last event that changed the dossier's state, 0 if there is none."""
    last = (
        Event.select(Event.id)
        .where((Event.dossier == dossier_id) & Event.action.in_(_MOVES))
        .order_by(Event.id.desc())
        .first()
    )
    return last.id if last else 0


def last_step(dossier_id: int) -> Event | None:
    """Return the last event that brought the dossier into another state: its id, agent and instant; None without."""
    step: Event | None = (
        Event.select(Event.id, Event.agent, Event.at)
        .where((Event.dossier == dossier_id) & Event.action.in_(_STEPS))
        .order_by(Event.id.desc())
        .first()
    )
    return step


def last_moves(dossier_ids: Sequence[int]) -> dict[int, int]:
    """Return the same for several dossiers, by dossier id."""
    rows: Any = (
        Event.select(Event.dossier, fn.MAX(Event.id))
        .where(Event.dossier.in_(dossier_ids) & Event.action.in_(_MOVES))
        .group_by(Event.dossier)
    )
    return dict(rows.tuples())


def last_events(dossier_ids: Sequence[int]) -> dict[int, Event]:
    """Return the last event that changed the state of each of several dossiers, with its agent, by dossier id."""
    ids = sorted(last_moves(dossier_ids).values())
    rows = Event.select(Event, Agent).join(Agent, JOIN.LEFT_OUTER).where(Event.id.in_(ids))
    return {event.dossier_id: event for event in rows}


def others(service_id: int, dossier: Dossier) -> Sequence[Dossier]:
    """Return the 20 newest other filed dossiers of the same applicant in this service."""
    same = (
        (Dossier.account == dossier.account_id) & (Dossier.service == service_id) & (Dossier.id != dossier.id)
    )
    columns = (
        Dossier.id,
        Dossier.reference,
        Dossier.journey,
        Dossier.journey_version,
        Dossier.state,
        Dossier.filed_on,
    )
    query = Dossier.select(*columns).where(same & Dossier.reference.is_null(False))
    return list(query.order_by(Dossier.id.desc()).limit(20))


def marks(dossier_id: int) -> Mapping[str, DocumentMark]:
    """Return the last mark of each supporting document, with its agent."""
    rows: Any = (
        DocumentMark.select(DocumentMark, Agent)
        .join(Agent)
        .where(DocumentMark.dossier == dossier_id)
        .order_by(DocumentMark.id)
    )
    return {row.slot: row for row in rows}


def notes(dossier_id: int) -> Sequence[InternalNote]:
    """Return the internal notes of a dossier, newest first, with their author and the author's service."""
    return list(
        InternalNote.select(InternalNote, Agent, Service)
        .join(Agent)
        .join(Service)
        .where(InternalNote.dossier == dossier_id)
        .order_by(InternalNote.id.desc())
    )

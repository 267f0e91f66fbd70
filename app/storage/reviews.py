"""Queries for the review of one dossier; the service of the agent is part of those that take a reference."""

from collections.abc import Sequence
from typing import Any

from peewee import fn

from app.domain.identifiers import is_reference
from app.domain.states import TRANSITIONS
from app.storage.models import Complement, Document, Dossier, Event

_MOVES = sorted({move.action for move in TRANSITIONS})


def document(service_id: int, reference: str, document_id: int) -> Document:
    """A file of a dossier of this service, replaced ones too; Document.DoesNotExist otherwise."""
    if not is_reference(reference):
        raise Document.DoesNotExist
    return (
        Document.select(Document)
        .join(Dossier)
        .where(
            (Dossier.service == service_id) & (Dossier.reference == reference) & (Document.id == document_id)
        )
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


def last_request(dossier_id: int) -> Complement | None:
    """The last request for documents."""
    last: Complement | None = (
        Complement.select().where(Complement.dossier == dossier_id).order_by(Complement.id.desc()).first()
    )
    return last

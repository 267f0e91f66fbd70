"""What the lines of a page of the queue show beside the dossier itself; each query is for all lines at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN, fn

from app.domain.actions import REASSIGNING
from app.domain.actions.review import REMIND
from app.domain.journeys.questions import PHOTO
from app.storage.applications import complements
from app.storage.models import Account, Agent, Complement, Document, Dossier, Event, PhotoCode, Service
from app.storage.review import dossier_view
from app.storage.review.queue_order import Order, columns


def received(dossier_ids: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """Return, by dossier id, the keys of documents with a file sent, and `ephoto` if there is a code."""
    files: Any = Document.select(Document.dossier, Document.slot).where(
        Document.dossier.in_(dossier_ids) & Document.removed_at.is_null() & ~dossier_view.unsent(dossier_ids)
    )
    photos: Any = PhotoCode.select(PhotoCode.dossier).where(PhotoCode.dossier.in_(dossier_ids))
    pairs = {*files.tuples(), *((dossier_id, PHOTO) for (dossier_id,) in photos.tuples())}
    return {key: frozenset(slot for owner, slot in pairs if owner == key) for key in dossier_ids}


def last_events(dossier_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Return, by dossier id, the instant of the last event other than an assignment or a reminder."""
    rows: Any = (
        Event.select(Event.dossier, fn.MAX(Event.at))
        .where(Event.dossier.in_(dossier_ids) & Event.action.not_in(sorted({*REASSIGNING, REMIND.key})))
        .group_by(Event.dossier)
    )
    return dict(rows.tuples())


def times_asked(dossier_ids: Sequence[int]) -> Mapping[int, datetime]:
    """Return, by dossier id, when more time was asked for, of those that wait for the answer."""
    rows: Any = Complement.select(Complement.dossier, Complement.time_asked_at).where(
        Complement.dossier.in_(dossier_ids) & complements.waiting_for_time()
    )
    return dict(rows.tuples())


def chosen(service_id: int, dossier_ids: Sequence[int]) -> Sequence[Dossier]:
    """Return those of the dossiers that belong to the service, with the agent in charge, in the order of the queue."""
    rows = Dossier.select(Dossier, Agent).join(Agent, JOIN.LEFT_OUTER)
    return list(rows.where(_chosen(service_id, dossier_ids)).order_by(*columns(Order.RIGHTS)))


def chosen_with_people(service_id: int, dossier_ids: Sequence[int]) -> Sequence[Dossier]:
    """Return those of the dossiers that belong to the service, with their people, in the order of the queue."""
    rows = Dossier.select(Dossier, Account, Service).join(Account).switch(Dossier).join(Service)
    return list(rows.where(_chosen(service_id, dossier_ids)).order_by(*columns(Order.RIGHTS)))


def _chosen(service_id: int, dossier_ids: Sequence[int]) -> Any:
    return (Dossier.service == service_id) & Dossier.id.in_(dossier_ids)

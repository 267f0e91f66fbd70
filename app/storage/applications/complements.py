"""Queries on requests for documents."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import Value, fn

from app.domain.dossiers.states import State
from app.domain.journeys.questions import PHOTO
from app.domain.rules.ephotos import USABLE
from app.storage.applications.rights_coverage import bands_of
from app.storage.compiled_queries import compiled
from app.storage.models import (
    Complement,
    ComplementItem,
    ComplementReminder,
    Document,
    Dossier,
    Explanation,
    PhotoCode,
)

_USABLE = sorted(str(state) for state in USABLE)


@compiled(Complement)
def _pending(dossier_id: Any) -> Any:
    return (
        Complement.select()
        .where((Complement.dossier == dossier_id) & Complement.answered_at.is_null())
        .order_by(Complement.id.desc())
    )


def pending(dossier_id: int) -> Complement:
    """Return the open request of a dossier; Complement.DoesNotExist if there is none."""
    return _pending.get(dossier_id)


def wants_time(dossier_id: int) -> bool:
    """Return whether the applicant has asked for more time and waits for the answer."""
    return bool(Complement.select().where((Complement.dossier == dossier_id) & waiting_for_time()).exists())


def waiting_for_time() -> Any:
    """Return the condition of an open request whose applicant has asked for more time, and has no answer."""
    asked = Complement.time_asked_at.is_null(False) & Complement.time_answered_at.is_null()
    return Complement.answered_at.is_null() & asked


def last_told(dossier_id: int) -> datetime | None:
    """Return when the applicant was last written to about the open request: asked, reminded, answered; None without."""
    asked = _pending.first(dossier_id)
    if asked is None:
        return None
    sent = ComplementReminder.complement == asked.id
    reminded = ComplementReminder.select(fn.MAX(ComplementReminder.at)).where(sent).scalar()
    return max(filter(None, (asked.asked_at, asked.time_answered_at, reminded)))


def to_remind(today: date, delays: Collection[int], most: int = 500) -> Sequence[Complement]:
    """Return open requests to remind the applicant of, with their dossier, earliest due date first.

    `delays` are numbers of days before the due date; a request is due for a reminder when it has come under one of
    them for which there is no ComplementReminder yet. At most `most` are returned.
    """
    bands = bands_of(today, delays)
    unreminded = [Complement.due_on.between(a, b) & ~_reminded(days) for days, (a, b) in bands.items()]
    soon = (
        Complement.due_on.between(today, today + timedelta(days=max(delays)))
        & Complement.answered_at.is_null()
    )
    asked = Dossier.state == str(State.COMPLEMENT_REQUESTED)
    return list(
        Complement.select(Complement, Dossier)
        .join(Dossier)
        .where(soon & asked & reduce(or_, unreminded))
        .order_by(Complement.due_on, Complement.id)
        .limit(most)
    )


def _reminded(days: int) -> Any:
    this_date = (ComplementReminder.complement == Complement.id) & (
        ComplementReminder.due_on == Complement.due_on
    )
    return fn.EXISTS(
        ComplementReminder.select(ComplementReminder.id).where(this_date & (ComplementReminder.days == days))
    )


def unsent_since(moment: datetime) -> Sequence[Complement]:
    """Return open requests whose answers were last changed before an instant and are not sent.

    A request whose applicant was told so after the last change is left out.
    """
    decided = ComplementItem.select(ComplementItem.id).where(ComplementItem.complement == Complement.id)
    later = decided.where(ComplementItem.decided_at > moment)
    decided_since = decided.where(ComplementItem.decided_at > Complement.unsent_told_at)
    started = decided.where(ComplementItem.decided_at.is_null(False))
    already_told = Complement.unsent_told_at.is_null(False) & ~fn.EXISTS(decided_since)
    unanswered = (Dossier.state == str(State.COMPLEMENT_REQUESTED)) & Complement.answered_at.is_null()
    return list(
        Complement.select(Complement, Dossier)
        .join(Dossier)
        .where(unanswered & fn.EXISTS(started) & ~fn.EXISTS(later) & ~already_told)
        .order_by(Complement.id)
    )


def reminded(complement_id: int, due_on: date) -> frozenset[int]:
    """Return the delays, in days, already dealt with for a due date."""
    rows = ComplementReminder.select(ComplementReminder.days).where(
        (ComplementReminder.complement == complement_id) & (ComplementReminder.due_on == due_on)
    )
    return frozenset(row.days for row in rows)


@compiled(ComplementItem)
def _items(complement_id: Any) -> Any:
    return (
        ComplementItem.select().where(ComplementItem.complement == complement_id).order_by(ComplementItem.id)
    )


def items(complement_id: int) -> Sequence[ComplementItem]:
    """Return the documents of a request."""
    return _items.all(complement_id)


@compiled(ComplementItem)
def _open_items(dossier_id: Any) -> Any:
    """Select the documents of the open request, each with whether it was replaced or explained since."""
    files = Document.select(Document.id).where(
        (Document.dossier == Complement.dossier)
        & (Document.slot == ComplementItem.slot)
        & (Document.received_at >= Complement.asked_at)
        & Document.removed_at.is_null()
    )
    explanations = Explanation.select(Explanation.id).where(
        (Explanation.dossier == Complement.dossier)
        & (Explanation.slot == ComplementItem.slot)
        & (Explanation.written_at >= Complement.asked_at)
    )
    photos = PhotoCode.select(PhotoCode.id).where(
        (PhotoCode.dossier == Complement.dossier)
        & (ComplementItem.slot == PHOTO)
        & (PhotoCode.given_at >= Complement.asked_at)
        & PhotoCode.state.in_(_USABLE)
    )
    renewed = fn.EXISTS(files) | fn.EXISTS(explanations) | fn.EXISTS(photos)
    return (
        ComplementItem.select(ComplementItem, Complement.due_on, Complement.id, renewed.alias("renewed"))
        .join(Complement)
        .where((Complement.dossier == dossier_id) & Complement.answered_at.is_null())
        .order_by(Complement.id.desc(), ComplementItem.id)
    )


@dataclass(frozen=True)
class Open:
    """An open request: its due date, the keys of its documents, and the number of those already dealt with.

    `titles` are those of documents that are not of the procedure's list, by key.
    """

    due_on: date
    slots: tuple[str, ...]
    answered: int
    titles: Mapping[str, str]


def open_request(dossier_id: int) -> Open | None:
    """Return the summary of a dossier's open request, None if there is none."""
    rows: Sequence[Any] = _open_items.all(dossier_id)
    items = [item for item in rows if item.complement_id == rows[0].complement_id]
    if not items:
        return None
    answered = sum(item.decision == "keep" or bool(item.renewed) for item in items)
    titles = {item.slot: item.title for item in items if item.title}
    return Open(items[0].complement.due_on, tuple(item.slot for item in items), answered, titles)


@compiled(ComplementItem)
def _others(dossier_id: Any) -> Any:
    return (
        ComplementItem.select(ComplementItem.slot, ComplementItem.title)
        .join(Complement)
        .where((Complement.dossier == dossier_id) & ComplementItem.title.is_null(False))
        .order_by(ComplementItem.id)
    )


def others(dossier_id: int) -> Mapping[str, str]:
    """Return the titles of documents asked for outside the procedure's list, by key, in the order of the requests."""
    return {item.slot: str(item.title) for item in _others.all(dossier_id)}


@compiled(Complement)
def _of_dossier(dossier_id: Any) -> Any:
    return Complement.select().where(Complement.dossier == dossier_id).order_by(Complement.id.desc())


def of_dossier(dossier_id: int) -> Sequence[Complement]:
    """Return all requests of a dossier, newest first."""
    return _of_dossier.all(dossier_id)


def item(complement: Complement, slot: str) -> ComplementItem:
    """Return one document of a request; ComplementItem.DoesNotExist if it was not asked for."""
    return ComplementItem.get((ComplementItem.complement == complement) & (ComplementItem.slot == slot))


@compiled(Document)
def _renewed(complement_id: Any) -> Any:
    """Select the files, the explanations and the e-photo newer than the request, as one query."""
    since = Complement.select(Complement.asked_at).where(Complement.id == complement_id)
    dossier = Complement.select(Complement.dossier).where(Complement.id == complement_id)
    files = Document.select(Document.slot).where(
        (Document.dossier == dossier) & (Document.received_at >= since) & Document.removed_at.is_null()
    )
    explanations = Explanation.select(Explanation.slot).where(
        (Explanation.dossier == dossier) & (Explanation.written_at >= since)
    )
    photos = PhotoCode.select(Value(PHOTO).alias("slot")).where(
        (PhotoCode.dossier == dossier) & (PhotoCode.given_at >= since) & PhotoCode.state.in_(_USABLE)
    )
    return files | explanations | photos


def renewed_slots(complement: Complement) -> frozenset[str]:
    """Return the keys of documents with a file, an explanation or a code newer than the request."""
    return frozenset(row.slot for row in _renewed.all(complement.id))


def explanations_since(complement: Complement) -> dict[str, str]:
    """Return the explanations written since the request, by document key."""
    rows = Explanation.select().where(
        (Explanation.dossier == complement.dossier_id) & (Explanation.written_at >= complement.asked_at)
    )
    return {row.slot: row.text for row in rows}


def retire_older(complement: Complement, slots: Sequence[str], now: datetime) -> None:
    """Mark files older than the request as replaced, for these documents; they stay readable."""
    Document.update(removed_at=now).where(
        (Document.dossier == complement.dossier_id)
        & Document.slot.in_(slots)
        & (Document.received_at < complement.asked_at)
        & Document.removed_at.is_null()
    ).execute()

"""Queries on requests for documents."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import State
from app.storage.applications.rights_coverage import bands_of
from app.storage.compiled_queries import compiled
from app.storage.models import Complement, ComplementItem, ComplementReminder, Document, Dossier, Explanation


@compiled(Complement)
def _pending(dossier_id: Any) -> Any:
    return (
        Complement.select()
        .where((Complement.dossier == dossier_id) & Complement.answered_at.is_null())
        .order_by(Complement.id.desc())
    )


def pending(dossier_id: int) -> Complement:
    """The request that waits for the applicant; Complement.DoesNotExist when none does."""
    return _pending.get(dossier_id)


def wants_time(dossier_id: int) -> bool:
    """Whether the applicant has asked for more time and nobody has answered."""
    waits = Complement.time_asked_at.is_null(False) & Complement.time_answered_at.is_null()
    open_one = (Complement.dossier == dossier_id) & Complement.answered_at.is_null()
    return bool(Complement.select().where(open_one & waits).exists())


def to_remind(today: date, delays: Collection[int], most: int = 500) -> Sequence[Complement]:
    """Open requests whose date has come under some delay, in days, that was not dealt with, with their dossier."""
    bands = bands_of(today, delays)
    untold = [Complement.due_on.between(a, b) & ~_told(days) for days, (a, b) in bands.items()]
    soon = (
        Complement.due_on.between(today, today + timedelta(days=max(delays)))
        & Complement.answered_at.is_null()
    )
    asked = Dossier.state == str(State.COMPLEMENT_REQUESTED)
    return list(
        Complement.select(Complement, Dossier)
        .join(Dossier)
        .where(soon & asked & reduce(or_, untold))
        .order_by(Complement.due_on, Complement.id)
        .limit(most)
    )


def _told(days: int) -> Any:
    this_date = (ComplementReminder.complement == Complement.id) & (
        ComplementReminder.due_on == Complement.due_on
    )
    return fn.EXISTS(
        ComplementReminder.select(ComplementReminder.id).where(this_date & (ComplementReminder.days == days))
    )


def unsent_since(moment: datetime) -> Sequence[Complement]:
    """Open requests whose answers were last worked on before a moment, and whose person was not told since."""
    decided = ComplementItem.select(ComplementItem.id).where(ComplementItem.complement == Complement.id)
    later = decided.where(ComplementItem.decided_at > moment)
    untold = decided.where(ComplementItem.decided_at > Complement.unsent_told_at)
    begun = decided.where(ComplementItem.decided_at.is_null(False))
    told_before = Complement.unsent_told_at.is_null(False) & ~fn.EXISTS(untold)
    asked = (Dossier.state == str(State.COMPLEMENT_REQUESTED)) & Complement.answered_at.is_null()
    return list(
        Complement.select(Complement, Dossier)
        .join(Dossier)
        .where(asked & fn.EXISTS(begun) & ~fn.EXISTS(later) & ~told_before)
        .order_by(Complement.id)
    )


def reminded(complement_id: int, due_on: date) -> frozenset[int]:
    """The delays, in days, already dealt with for a date."""
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
    """The documents of a request."""
    return _items.all(complement_id)


@compiled(ComplementItem)
def _open_items(dossier_id: Any) -> Any:
    """One query for the open request, its documents, and whether each was renewed since."""
    files = Document.select(Document.id).where(
        (Document.dossier == Complement.dossier)
        & (Document.slot == ComplementItem.slot)
        & (Document.received_at >= Complement.asked_at)
        & Document.removed_at.is_null()
    )
    words = Explanation.select(Explanation.id).where(
        (Explanation.dossier == Complement.dossier)
        & (Explanation.slot == ComplementItem.slot)
        & (Explanation.written_at >= Complement.asked_at)
    )
    renewed = fn.EXISTS(files) | fn.EXISTS(words)
    return (
        ComplementItem.select(ComplementItem, Complement.due_on, Complement.id, renewed.alias("renewed"))
        .join(Complement)
        .where((Complement.dossier == dossier_id) & Complement.answered_at.is_null())
        .order_by(Complement.id.desc(), ComplementItem.id)
    )


@dataclass(frozen=True)
class Open:
    """A request that waits for the applicant: by when, for which documents, how many of them are dealt with."""

    due_on: date
    slots: tuple[str, ...]
    answered: int


def open_request(dossier_id: int) -> Open | None:
    """The open request of a dossier, as its follow-up tells it."""
    rows: Sequence[Any] = _open_items.all(dossier_id)
    items = [item for item in rows if item.complement_id == rows[0].complement_id]
    if not items:
        return None
    answered = sum(item.decision == "keep" or bool(item.renewed) for item in items)
    return Open(items[0].complement.due_on, tuple(item.slot for item in items), answered)


def of_dossier(dossier_id: int) -> Sequence[Complement]:
    """All requests, the newest first."""
    return list(Complement.select().where(Complement.dossier == dossier_id).order_by(Complement.id.desc()))


def item(complement: Complement, slot: str) -> ComplementItem:
    """One document of a request; ComplementItem.DoesNotExist when it was not asked for."""
    return ComplementItem.get((ComplementItem.complement == complement) & (ComplementItem.slot == slot))


@compiled(Document)
def _renewed(complement_id: Any) -> Any:
    """One query: the files and the explanations that are not older than their request."""
    since = Complement.select(Complement.asked_at).where(Complement.id == complement_id)
    of = Complement.select(Complement.dossier).where(Complement.id == complement_id)
    files = Document.select(Document.slot).where(
        (Document.dossier == of) & (Document.received_at >= since) & Document.removed_at.is_null()
    )
    words = Explanation.select(Explanation.slot).where(
        (Explanation.dossier == of) & (Explanation.written_at >= since)
    )
    return files | words


def renewed_slots(complement: Complement) -> frozenset[str]:
    """Documents for which a file or an explanation was given since the request."""
    return frozenset(row.slot for row in _renewed.all(complement.id))


def explanations_since(complement: Complement) -> dict[str, str]:
    """What was written since the request, by slot."""
    rows = Explanation.select().where(
        (Explanation.dossier == complement.dossier_id) & (Explanation.written_at >= complement.asked_at)
    )
    return {row.slot: row.text for row in rows}


def retire_older(complement: Complement, slots: Sequence[str], now: datetime) -> None:
    """Files that were there before the request give way to those that replace them; they stay readable."""
    Document.update(removed_at=now).where(
        (Document.dossier == complement.dossier_id)
        & Document.slot.in_(slots)
        & (Document.received_at < complement.asked_at)
        & Document.removed_at.is_null()
    ).execute()

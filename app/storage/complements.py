"""Queries on requests for documents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.storage.models import Complement, ComplementItem, Document, Explanation
from app.storage.prepared import prepared


@prepared(Complement)
def _pending(dossier_id: Any) -> Any:
    return (
        Complement.select()
        .where((Complement.dossier == dossier_id) & Complement.answered_at.is_null())
        .order_by(Complement.id.desc())
    )


def pending(dossier_id: int) -> Complement:
    """The request that waits for the applicant; Complement.DoesNotExist when none does."""
    return _pending.get(dossier_id)


@prepared(ComplementItem)
def _items(complement_id: Any) -> Any:
    return (
        ComplementItem.select().where(ComplementItem.complement == complement_id).order_by(ComplementItem.id)
    )


def items(complement_id: int) -> Sequence[ComplementItem]:
    """The documents of a request."""
    return _items.all(complement_id)


def of_dossier(dossier_id: int) -> Sequence[Complement]:
    """All requests, the newest first."""
    return list(Complement.select().where(Complement.dossier == dossier_id).order_by(Complement.id.desc()))


def item(complement: Complement, slot: str) -> ComplementItem:
    """One document of a request; ComplementItem.DoesNotExist when it was not asked for."""
    return ComplementItem.get((ComplementItem.complement == complement) & (ComplementItem.slot == slot))


@prepared(Document)
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

"""The two orders of the queue, each that of an index: by the end of rights, and by the legal answer date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from peewee import Expression, Tuple

from app.domain.dossiers.states import OPEN
from app.domain.rules.parameters import SILENCE_SIGHT_DAYS
from app.storage.models import Dossier
from app.storage.models.dossiers import in_states

URGENT_DAYS = 7
SOON_DAYS = 30


class Order(StrEnum):
    """The orders; the values appear in URLs. Only open dossiers to which a legal answer date applies have the second."""

    RIGHTS = "droits"
    ANSWER = "reponse"


_COLUMNS: dict[Order, tuple[Any, Any, Any]] = {
    Order.RIGHTS: (Dossier.rights_end, Dossier.filed_on, Dossier.id),
    Order.ANSWER: (Dossier.legal_answer_on, Dossier.filed_on, Dossier.id),
}


@dataclass(frozen=True)
class Cursor:
    """The sort key of a dossier, at which a page begins or ends; rows added meanwhile do not move it."""

    day: date  # of its order
    filed_on: date
    id: int

    def __str__(self) -> str:
        return f"{self.day}_{self.filed_on}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """Return the cursor of a URL; None, hence the first page, for any other text."""
        try:
            day, filed_on, number = text.split("_")
            cursor = cls(date.fromisoformat(day), date.fromisoformat(filed_on), int(number))
        except ValueError:
            return None
        return cursor if 0 <= cursor.id < 2**31 else None


def day_of(dossier: Dossier, order: Order) -> date | None:
    """Return the day by which an order places a dossier."""
    return dossier.rights_end if order is Order.RIGHTS else dossier.legal_answer_on


def place(dossier: Dossier, order: Order) -> Cursor:
    """Return the sort key of a filed dossier."""
    day = day_of(dossier, order)
    if day is None or dossier.filed_on is None:
        raise ValueError("not in this order: the queue never shows it")
    return Cursor(day, dossier.filed_on, dossier.id)


def columns(order: Order) -> Sequence[Any]:
    """Return the columns of an order, to sort by."""
    return _COLUMNS[order]


def backwards(order: Order) -> Sequence[Any]:
    """Return the same columns for the opposite direction."""
    return [column.desc() for column in _COLUMNS[order]]


def following(order: Order, cursor: Cursor) -> Expression:
    """Return the condition of being after a cursor."""
    return Tuple(*_COLUMNS[order]) > Tuple(cursor.day, cursor.filed_on, cursor.id)


def preceding(order: Order, cursor: Cursor) -> Expression:
    """Return the condition of being before a cursor."""
    return Tuple(*_COLUMNS[order]) < Tuple(cursor.day, cursor.filed_on, cursor.id)


def answerable() -> Any:
    """Return the condition of the second order, written as in its partial index."""
    return in_states(OPEN) & Dossier.legal_answer_on.is_null(False)


def bounds(order: Order, today: date) -> tuple[date, date]:
    """Return the last days that are urgent and soon: rights within a week and a month, silence past and within sight."""
    if order is Order.RIGHTS:
        return today + timedelta(days=URGENT_DAYS), today + timedelta(days=SOON_DAYS)
    return today - timedelta(days=1), today + timedelta(days=SILENCE_SIGHT_DAYS)


def in_range(order: Order, low: date | None, high: date | None) -> Any:
    """Return the condition of a day after `low` and not after `high`; None leaves that side open."""
    column = _COLUMNS[order][0]
    if low is None:
        return column <= high
    return column > low if high is None else (column > low) & (column <= high)

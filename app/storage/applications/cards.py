"""Queries on cards that can be collected and were not."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import State
from app.storage.models import Dossier
from app.storage.models.dossiers import in_states


def waiting_since(day: date) -> Any:
    """Return the condition of a card that has waited since a day, or longer."""
    return in_states({State.CARD_AVAILABLE}) & (Dossier.card_since <= day)


def to_remind(today: date, delays: Collection[int], most: int = 500) -> Sequence[Dossier]:
    """Return dossiers whose card has waited for one of these numbers of days since the last reminder, oldest first."""
    told = fn.COALESCE(Dossier.card_told, 0)
    due = [(Dossier.card_since <= today - timedelta(days=days)) & (told < days) for days in delays]
    waiting = waiting_since(today - timedelta(days=min(delays)))
    return list(
        Dossier.select()
        .where(waiting & reduce(or_, due))
        .order_by(Dossier.card_since, Dossier.id)
        .limit(most)
    )

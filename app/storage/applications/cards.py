"""Queries on cards that can be collected and were not."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from app.domain.dossiers.states import State
from app.storage.models import Dossier
from app.storage.models.dossiers import in_states


def waiting_since(day: date) -> Any:
    """Return the condition of a card that has waited since a day, or longer."""
    return in_states({State.CARD_AVAILABLE}) & (Dossier.card_since <= day)


def to_remind(today: date, delays: Collection[int], most: int = 500) -> Sequence[Dossier]:
    """Return dossiers whose card has waited for one of these numbers of days since the last reminder, oldest first."""
    told, ordered = Dossier.card_told, sorted(delays)
    after_none = [_late(today, ordered[0]) & last for last in (told.is_null(), told < ordered[0])]
    # One range of the index each. Between two delays there is something only where the delays have changed.
    after_one = [
        _late(today, days) & last
        for before, days in pairwise(ordered)
        for last in (told == before, (told > before) & (told < days))
    ]
    query = Dossier.select().where(reduce(or_, after_none + after_one))
    return list(query.order_by(Dossier.card_since, Dossier.id).limit(most))


def _late(today: date, days: int) -> Any:
    return waiting_since(today - timedelta(days=days))

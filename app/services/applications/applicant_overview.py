"""All dossiers of one person, sorted out: what waits, what to show first, what is about the permit held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.dossiers.states import OPEN, State
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import journey
from app.storage.models import Dossier

RECENT = timedelta(days=60)  # how long a finished dossier still comes first
_WAITING = frozenset({State.COMPLEMENT_REQUESTED, State.CARD_AVAILABLE})
_NOTHING = frozenset({State.WITHDRAWN, State.CLOSED})  # another application can be filed for the same permit
_GRANTED = frozenset({State.FAVOURABLE, State.IN_PRODUCTION})
_CARDS = frozenset({Purpose.FIRST, Purpose.RENEWAL})


@dataclass(frozen=True)
class Overview:
    """`first` is shown whole, `others` are listed; `cover` is the application that replaces the permit held."""

    drafts: tuple[Dossier, ...]
    first: Dossier | None
    others: tuple[Dossier, ...]
    cover: Dossier | None


def journey_of(dossier: Dossier) -> Journey:
    """The procedure that a dossier pins."""
    return journey(dossier.journey, dossier.journey_version)


def overview(mine: Sequence[Dossier], identity: dict[str, Any], today: date, chosen: str = "") -> Overview:
    """Sort out a person's dossiers, given the newest first; `chosen` is the reference asked for, if any.

    What waits for the person comes before what waits for the service, and that before what is finished.
    """
    filed = [one for one in mine if one.state != State.DRAFT]
    cover = next((one for one in filed if _covers(one, identity)), None)
    by_weight = sorted(
        filed, key=lambda one: one is not cover
    )  # what decides of the stay before a change of address
    ranked = (one for rank in range(3) for one in by_weight if _rank(one, cover, today) == rank)
    asked = (one for one in filed if one.reference == chosen)
    first = next(asked if chosen else ranked, None)
    return Overview(
        drafts=tuple(one for one in mine if one.state == State.DRAFT),
        first=first,
        others=tuple(one for one in filed if one is not first),
        cover=cover,
    )


def _covers(dossier: Dossier, identity: dict[str, Any]) -> bool:
    same = dossier.identity["valid_until"] == identity["valid_until"]
    return same and dossier.state not in _NOTHING and journey_of(dossier).purpose in _CARDS


def _rank(dossier: Dossier, cover: Dossier | None, today: date) -> int | None:
    """0: waits for the person; 1: goes on; 2: finished, and still worth seeing first."""
    state = State(dossier.state)
    if state in _WAITING:
        return 0
    if state in OPEN or (state in _GRANTED and dossier.with_card):
        return 1
    recent = dossier.filed_on is not None and today - dossier.filed_on <= RECENT
    told = recent or dossier is cover or state is State.CLOSED  # the service's act, whenever it was filed
    return 2 if told else None

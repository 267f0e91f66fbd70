"""The dossiers of an applicant for their space: drafts, the one to show first, the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.domain.dossiers.states import OPEN, State
from app.domain.journeys.journey import Journey, Purpose
from app.domain.procedures import journey
from app.storage.models import Dossier

RECENT = timedelta(days=60)  # after its filing, a finished dossier may still be shown first
_WAITING = frozenset({State.COMPLEMENT_REQUESTED, State.CARD_AVAILABLE})
_WITHOUT_EFFECT = frozenset({State.WITHDRAWN, State.CLOSED})  # the same permit can be applied for again
_GRANTED = frozenset({State.FAVOURABLE, State.IN_PRODUCTION})
_CARDS = frozenset({Purpose.FIRST, Purpose.RENEWAL})


@dataclass(frozen=True)
class Overview:
    """The dossiers of an applicant: `first` is shown in full, `others` are listed.

    `cover` is the application that renews or replaces their present permit.
    """

    drafts: tuple[Dossier, ...]
    first: Dossier | None
    others: tuple[Dossier, ...]
    cover: Dossier | None


def journey_of(dossier: Dossier) -> Journey:
    """Return the procedure of a dossier, in the version that the dossier names."""
    return journey(dossier.journey, dossier.journey_version)


def overview(
    dossiers: Sequence[Dossier], identity: dict[str, Any], today: date, chosen: str = ""
) -> Overview:
    """Return the overview of an applicant's dossiers, given newest first; `chosen` is the reference to show, if any.

    Without a choice, what waits for the applicant comes first, then what waits for the service, then what is finished.
    """
    filed = [dossier for dossier in dossiers if dossier.state != State.DRAFT]
    cover = next((dossier for dossier in filed if _covers(dossier, identity)), None)
    # The application for the permit before a change of address.
    by_weight = sorted(filed, key=lambda dossier: dossier is not cover)
    ranked = (dossier for rank in range(3) for dossier in by_weight if _rank(dossier, cover, today) == rank)
    requested = (dossier for dossier in filed if dossier.reference == chosen)
    first = next(requested if chosen else ranked, None)
    return Overview(
        drafts=tuple(dossier for dossier in dossiers if dossier.state == State.DRAFT),
        first=first,
        others=tuple(dossier for dossier in filed if dossier is not first),
        cover=cover,
    )


def _covers(dossier: Dossier, identity: dict[str, Any]) -> bool:
    same = dossier.identity["valid_until"] == identity["valid_until"]
    return same and dossier.state not in _WITHOUT_EFFECT and journey_of(dossier).purpose in _CARDS


def _rank(dossier: Dossier, cover: Dossier | None, today: date) -> int | None:
    """Return 0 if a dossier waits for the applicant, 1 if it goes on, 2 if finished but still shown first, else None."""
    state = State(dossier.state)
    if state in _WAITING:
        return 0
    if state in OPEN or (state in _GRANTED and dossier.with_card):
        return 1
    recent = dossier.filed_on is not None and today - dossier.filed_on <= RECENT
    # The service may close a dossier long after its filing: the applicant has to see it.
    shown = recent or dossier is cover or state is State.CLOSED
    return 2 if shown else None

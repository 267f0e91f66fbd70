"""Queries on rights that end: what covers them, and what nothing will."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import GRANTED, OPEN, WITHHELD, State
from app.domain.procedures import JOURNEYS
from app.storage.models import Account, Dossier, EndWarning, Service
from app.storage.models.dossiers import in_states

# Procedures whose rights are extended while they are decided: a change of address moves no right.
EXTENDED = sorted({one.slug for one in JOURNEYS if one.deadline.extends})


def extends() -> Any:
    """The condition under which extension certificates issue themselves, as `domain.dossiers.states.extends` says."""
    return (Dossier.in_time & (Dossier.extension != WITHHELD)) | (Dossier.extension == GRANTED)


def uncovered(day: date) -> Any:
    """The condition of an open dossier whose rights end by a day and are followed by nothing, as things stand.

    Nothing issues before an agent has opened the dossier, hence those just filed are among them.
    """
    waits = Dossier.state == str(State.FILED)
    open_ones = in_states(OPEN) & Dossier.journey.in_(EXTENDED)
    return open_ones & (Dossier.rights_end <= day) & (waits | ~extends())


def how_many(service_id: int, day: date) -> int:
    """How many people of a service nothing covers after a day."""
    return int(Dossier.select().where((Dossier.service == service_id) & uncovered(day)).count())


def to_warn(today: date, delays: Collection[int], most: int = 500) -> Sequence[Dossier]:
    """Dossiers whose rights end within the longest of some delays, in days, are followed by nothing, and whose person
    was not told of the delay that they have come under; the first to end first, with their person.
    """
    bands = bands_of(today, delays)
    untold = [Dossier.rights_end.between(a, b) & ~_told(days) for days, (a, b) in bands.items()]
    return list(
        Dossier.select(Dossier, Account)
        .join(Account)
        .where(
            uncovered(today + timedelta(days=max(delays)))
            & (Dossier.rights_end >= today)
            & reduce(or_, untold)
        )
        .order_by(Dossier.rights_end, Dossier.id)
        .limit(most)
    )


def bands_of(today: date, delays: Collection[int]) -> dict[int, tuple[date, date]]:
    """By delay, in days, the first and last day for which it is the nearest of these delays."""
    ordered = sorted(delays)
    soonest = [0, *(days + 1 for days in ordered)]
    return {
        days: (today + timedelta(days=first), today + timedelta(days=days))
        for first, days in zip(soonest, ordered, strict=False)
    }


def _told(days: int) -> Any:
    this_end = (EndWarning.dossier == Dossier.id) & (EndWarning.ends_on == Dossier.rights_end)
    return fn.EXISTS(EndWarning.select(EndWarning.id).where(this_end & (EndWarning.days == days)))


def warned(dossier_id: int, ends_on: date) -> frozenset[int]:
    """The delays, in days, of which somebody was told about an end."""
    rows = EndWarning.select(EndWarning.days).where(
        (EndWarning.dossier == dossier_id) & (EndWarning.ends_on == ends_on)
    )
    return frozenset(row.days for row in rows)


def by_service(day: date) -> Sequence[tuple[str, str, date]]:
    """Every right that nothing covers after a day: service, reference, last day covered."""
    rows: Any = (
        Dossier.select(Service.code, Dossier.reference, Dossier.rights_end)
        .join(Service)
        .where(uncovered(day))
        .order_by(Dossier.rights_end, Dossier.id)
    )
    return list(rows.tuples())

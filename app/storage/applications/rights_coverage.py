"""Queries on rights that end while the dossier is open, and on the certificates that extend them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import GRANTED, OPEN, WITHHELD, State
from app.domain.procedures import known
from app.storage.models import Account, Dossier, EndWarning, Service
from app.storage.models.dossiers import in_states

# Procedures, retired ones included, during which rights are extended: a change of address has no effect on rights.
EXTENDED = sorted({journey.slug for journey in known() if journey.deadline.extends})


def extends() -> Any:
    """Return the condition of automatic extension in SQL; `domain.dossiers.states.extends` is the same in Python."""
    return (Dossier.in_time & (Dossier.extension != WITHHELD)) | (Dossier.extension == GRANTED)


def uncovered(day: date) -> Any:
    """Return the condition of an open dossier whose rights end by a day and will not be extended as things stand.

    Dossiers just filed are among them: nothing is issued before an agent has opened the dossier.
    """
    untaken = Dossier.state == str(State.FILED)
    open_dossiers = in_states(OPEN) & Dossier.journey.in_(EXTENDED)
    return open_dossiers & (Dossier.rights_end <= day) & (untaken | ~extends())


def how_many(service_id: int, day: date) -> int:
    """Count the dossiers of a service whose rights end by a day and will not be extended."""
    return int(Dossier.select().where((Dossier.service == service_id) & uncovered(day)).count())


def to_warn(today: date, delays: Collection[int], most: int = 500) -> Sequence[Dossier]:
    """Return dossiers to warn about, with their account, earliest end of rights first.

    Their rights end from `today` on, within the longest of `delays` (days), will not be extended, and there is no
    EndWarning yet for the delay they have come under. At most `most` are returned.
    """
    bands = bands_of(today, delays)
    unwarned = [Dossier.rights_end.between(a, b) & ~_warned(days) for days, (a, b) in bands.items()]
    return list(
        Dossier.select(Dossier, Account)
        .join(Account)
        .where(
            uncovered(today + timedelta(days=max(delays)))
            & (Dossier.rights_end >= today)
            & reduce(or_, unwarned)
        )
        .order_by(Dossier.rights_end, Dossier.id)
        .limit(most)
    )


def bands_of(today: date, delays: Collection[int]) -> dict[int, tuple[date, date]]:
    """Return, for each delay in days, the first and last day for which it is the nearest of these delays."""
    ordered = sorted(delays)
    soonest = [0, *(days + 1 for days in ordered)]
    return {
        days: (today + timedelta(days=first), today + timedelta(days=days))
        for first, days in zip(soonest, ordered, strict=False)
    }


def _warned(days: int) -> Any:
    this_end = (EndWarning.dossier == Dossier.id) & (EndWarning.ends_on == Dossier.rights_end)
    return fn.EXISTS(EndWarning.select(EndWarning.id).where(this_end & (EndWarning.days == days)))


def warned(dossier_id: int, ends_on: date) -> frozenset[int]:
    """Return the delays, in days, of which the applicant was warned for an end of rights."""
    rows = EndWarning.select(EndWarning.days).where(
        (EndWarning.dossier == dossier_id) & (EndWarning.ends_on == ends_on)
    )
    return frozenset(row.days for row in rows)


def by_service(day: date) -> Sequence[tuple[str, str, date]]:
    """Return all rights that end by a day and will not be extended: (service code, reference, last day covered)."""
    rows: Any = (
        Dossier.select(Service.code, Dossier.reference, Dossier.rights_end)
        .join(Service)
        .where(uncovered(day))
        .order_by(Dossier.rights_end, Dossier.id)
    )
    return list(rows.tuples())

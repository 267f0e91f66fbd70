"""Queries on rights that end before the card is in hand, and on the certificates issued that extend them."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from app.domain.dossiers.states import GRANTED, OPEN, UNDER_REVIEW, WITHHELD, State
from app.domain.rules.parameters import EXTENSION_LEAD_DAYS
from app.storage.models import Account, Dossier, EndWarning, Service
from app.storage.models.dossiers import WATCHED, in_states


def extends() -> Any:
    """Return the condition of automatic extension in SQL; `domain.dossiers.states.extends` is the same in Python."""
    return (Dossier.in_time & (Dossier.extension != WITHHELD)) | (Dossier.extension == GRANTED)


def uncovered(day: date, today: date) -> Any:
    """Return the condition of rights that end by a day, and that nothing issued so far extends.

    What was issued has moved `rights_end`. A certificate that is still to be issued counts only until the day on which
    that is due: from the next day on it is missing, whatever the rule promises.
    """
    expected = in_states(UNDER_REVIEW) & extends() & (Dossier.rights_end >= _due_by(today))
    return in_states(WATCHED) & (Dossier.rights_end <= day) & ~expected


def _due_by(today: date) -> date:
    """Return the end of rights whose certificate is due today; those of earlier ends were due before."""
    return today + timedelta(days=EXTENSION_LEAD_DAYS)


def overdue(today: date) -> int:
    """Count the dossiers whose certificate should have been issued before today: the worker does not issue."""
    reviewed = in_states(OPEN) & (Dossier.state != str(State.FILED))
    late = reviewed & extends() & (Dossier.rights_end < _due_by(today))
    return int(Dossier.select().where(late).count())


def how_many(service_id: int, day: date, today: date) -> int:
    """Count the dossiers of a service whose rights end by a day, followed by nothing."""
    return int(Dossier.select().where((Dossier.service == service_id) & uncovered(day, today)).count())


def to_warn(today: date, delays: Collection[int], most: int = 500) -> Sequence[Dossier]:
    """Return dossiers to warn about, with their account, earliest end of rights first.

    Their rights end from `today` on, within the longest of `delays` (days), nothing extends them, and there is no
    EndWarning yet for the delay they have come under. At most `most` are returned.
    """
    bands = bands_of(today, delays)
    unwarned = [Dossier.rights_end.between(a, b) & ~_warned(days) for days, (a, b) in bands.items()]
    return list(
        Dossier.select(Dossier, Account)
        .join(Account)
        .where(
            uncovered(today + timedelta(days=max(delays)), today)
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


def by_service(day: date, today: date) -> Sequence[tuple[str, Dossier]]:
    """Return all dossiers whose rights end by a day, followed by nothing, each with the code of its service."""
    rows: Any = (
        Dossier.select(Dossier, Service)
        .join(Service)
        .where(uncovered(day, today))
        .order_by(Dossier.rights_end, Dossier.id)
    )
    return [(dossier.service.code, dossier) for dossier in rows]

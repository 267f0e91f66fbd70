"""A procedure that is no longer on offer, as its applicants are told of it."""

from dataclasses import dataclass

from app.domain.journeys.journey import Journey
from app.domain.procedures import current, latest, replacement


@dataclass(frozen=True)
class Retired:
    """A retired procedure, and the one to begin instead, None where there is none."""

    journey: Journey
    by: Journey | None


def retired(slug: str) -> Retired | None:
    """Return what is said of a procedure at an address; None for one on offer, and for an unknown address."""
    known = latest(slug)
    return Retired(known, replacement(slug)) if known and current(slug) is None else None

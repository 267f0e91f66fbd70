"""A procedure that is no longer on offer, as its applicants are told of it."""

from dataclasses import dataclass

from app.domain.journeys.journey import Journey
from app.domain.procedures import current, latest, replacement


@dataclass(frozen=True)
class Retirement:
    """A retired procedure and the one to begin instead; `replacement` is None where there is none."""

    journey: Journey
    replacement: Journey | None


def retirement(slug: str) -> Retirement | None:
    """Return what is said of a retired procedure; None for one on offer, and for an unknown address."""
    known = latest(slug)
    return Retirement(known, replacement(slug)) if known and current(slug) is None else None

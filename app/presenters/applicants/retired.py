"""Retired procedures, as shown to their applicants."""

from dataclasses import dataclass

from app.domain.journeys.journey import Journey
from app.domain.procedures import current, latest, replacement


@dataclass(frozen=True)
class Retirement:
    """A retired procedure and the one to begin instead, None if there is none."""

    journey: Journey
    replacement: Journey | None


def retirement(slug: str) -> Retirement | None:
    """Return a retired procedure; None for one on offer and for an unknown slug."""
    known = latest(slug)
    return Retirement(known, replacement(slug)) if known and current(slug) is None else None

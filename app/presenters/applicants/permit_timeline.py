"""The time left on a permit as periods: to prepare, to file in time, to file late, expired."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.rules.calendar import Window
from app.domain.text import N_

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days between two dates, both included; None where a side is open. `state` is past, now or to_come."""

    title: str
    state: str
    first: date | None
    last: date | None


def periods(window: Window, ends: date, today: date) -> tuple[Period, ...]:
    """Return the periods of a permit until and after its renewal; exactly one is the present one."""
    spans = (
        (N_("Préparer"), None, window.opens - DAY),
        (N_("Déposer à temps"), window.opens, window.closes),
        (N_("Déposer en retard"), window.closes + DAY, ends),
        (N_("Titre expiré"), ends + DAY, None),
    )
    return tuple(Period(title, _state(first, last, today), first, last) for title, first, last in spans)


def _state(first: date | None, last: date | None, today: date) -> str:
    if last and last < today:
        return "past"
    return "to_come" if first and today < first else "now"

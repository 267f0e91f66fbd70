"""Kinds of permit by their key in the register: printed names and longest duration that may be granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.rules.calendar import add_months


@dataclass(frozen=True)
class PermitKind:
    """A kind of permit; `months` is the longest duration that the law allows, 0 if no procedure here grants it."""

    french: str
    english: str
    months: int = 0


KINDS: Mapping[str, PermitKind] = {
    "CST": PermitKind("carte de séjour temporaire", "temporary residence permit", 12),  # L.411-1, 3°
    "CSP": PermitKind("carte de séjour pluriannuelle", "multi-year residence permit", 48),  # L.411-4
    "VLS-TS": PermitKind(
        "visa de long séjour valant titre de séjour", "long-stay visa that counts as a residence permit"
    ),
    "VLS": PermitKind("visa de long séjour", "long-stay visa"),
    "RECEPISSE": PermitKind("récépissé", "receipt of an application (récépissé)"),
}

# Of a kind that is handled elsewhere: its holder can still move, or lose it.
OTHER_KIND = PermitKind("titre de séjour", "residence permit")


@dataclass(frozen=True)
class Grantable:
    """A kind of permit that a procedure can grant, and the duration proposed for it, in months."""

    kind: str
    months: int


def last_day(first: date, months: int) -> date:
    """Return the last day of a permit of some months.

    >>> last_day(date(2027, 2, 11), 12)
    datetime.date(2028, 2, 10)
    """
    return add_months(first, months) - timedelta(days=1)

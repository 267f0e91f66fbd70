"""Kinds of permit as the register names them: their words on papers, and how long one of each may be granted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.rules.calendar import add_months


@dataclass(frozen=True)
class PermitKind:
    """`months` is the longest one that the law allows to grant; 0: not granted by a decision here."""

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


@dataclass(frozen=True)
class Grantable:
    """A kind of permit in which a procedure can end, and for how long it is proposed."""

    kind: str
    months: int


def last_day(first: date, months: int) -> date:
    """The last day of a permit of so many months.

    >>> last_day(date(2027, 2, 11), 12)
    datetime.date(2028, 2, 10)
    """
    return add_months(first, months) - timedelta(days=1)

"""Rights that end with nothing issued after them, for operators: each one with its reason, and those of the worker."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.dossiers.standing import Follows, what_follows
from app.domain.rules.calendar import paris_day
from app.services.standing import facts_of
from app.storage.applications import rights_coverage

# Why nothing is issued yet, for the terminal.
REASONS = {
    Follows.OVERDUE: "the certificate should have been issued by now: is the worker running?",
    Follows.ON_TAKING: "no agent has opened the dossier",
    Follows.ON_REQUEST: "filed late, an agent may grant a certificate",
    Follows.WITHHELD: "an agent decided against a certificate",
    Follows.FAVOURABLE: "granted, the certificate of that decision is not issued",
}


@dataclass(frozen=True)
class Unfollowed:
    """An end of rights that nothing issued so far extends."""

    service: str
    reference: str
    ends: date
    reason: str

    def __str__(self) -> str:
        return f"{self.service} {self.reference}: nothing after {self.ends.isoformat()}, {self.reason}"


def unfollowed(days: int, now: datetime) -> list[Unfollowed]:
    """Return the rights that end within some days, or have ended, with nothing issued after them."""
    today = paris_day(now)
    return [
        Unfollowed(
            code,
            dossier.reference or "",
            dossier.rights_end or today,
            REASONS[what_follows(facts_of(dossier), today)],
        )
        for code, dossier in rights_coverage.by_service(today + timedelta(days=days), today)
    ]


def overdue(now: datetime) -> int:
    """Return how many certificates should have been issued before today: none while the worker does its work."""
    return rights_coverage.overdue(paris_day(now))

"""How a certificate leaves force, and what a decision makes of those in force."""

from enum import StrEnum

from app.domain.rules.rights import AttestationKind
from app.domain.text import N_


class Ending(StrEnum):
    """The ways in which a certificate leaves force; the values appear in storage."""

    REVOKED = "revoked"  # it should not have been issued: what it said does not count
    ENDED = "ended"  # by a decision, or by the withdrawal, on a day: what it said was true until then
    REPLACED = "replaced"  # by a corrected one, for the same days


class Settlement(StrEnum):
    """What becomes of the certificates in force when a dossier is decided or reopened; the agent chooses."""

    KEPT = "kept"  # until the date that each of them bears
    ENDED = "ended"  # on the day of the decision


# Acknowledgements of what was filed or declared (CRPA L.112-11): they say what happened, and stay true.
RECEIPTS = frozenset({AttestationKind.DEPOSIT, AttestationKind.LOSS})

# Those that prove rights beyond the permit (CESEDA R.431-15-1, R.431-15-2).
PROVING = frozenset({AttestationKind.EXTENSION, AttestationKind.FAVOURABLE})

ENDING_TITLES: dict[Ending, str] = {
    Ending.REVOKED: N_("révoquée"),
    Ending.ENDED: N_("terminée par une décision"),
    Ending.REPLACED: N_("remplacée"),
}


def ending_of(stored: str | None) -> Ending:
    """Return how a certificate out of force left it; those of before this was stored were revoked."""
    return Ending(stored) if stored else Ending.REVOKED

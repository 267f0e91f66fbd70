"""Checks before a hiring: which certificates prove a right to work, and when it is in time."""

from datetime import date

from app.domain.dossiers.endings import PROVING
from app.domain.rules.parameters import HIRING_WORKING_DAYS
from app.domain.rules.rights import AttestationKind
from app.domain.rules.working_days import after_working_days

# Receipts and declarations say nothing of the right to work: the permit does.
CHECKABLE = PROVING | {AttestationKind.VALIDATION}

CODE_LENGTH = 12


def in_time(asked_on: date, hired_on: date) -> bool:
    """Return whether a check is asked for as long before the hiring as the law wants (code du travail R.5221-42)."""
    return after_working_days(asked_on, HIRING_WORKING_DAYS.on(asked_on)) <= hired_on

"""Checks before a hiring: which certificates prove a right to work, what is in time, what is answered."""

from datetime import date
from enum import StrEnum

from app.domain.dossiers.endings import PROVING
from app.domain.rules.parameters import HIRING_WORKING_DAYS
from app.domain.rules.rights import AttestationKind
from app.domain.rules.working_days import LOCAL_HOLIDAYS, after_working_days

# Receipts and declarations say nothing of the right to work: the permit does.
CHECKABLE = PROVING | {AttestationKind.VALIDATION}

CODE_LENGTH = 12


class Outcome(StrEnum):
    """What a prefecture answers about a card; the values appear in storage."""

    AUTHENTIC = "authentic"
    NO_WORK = "no_work"
    UNKNOWN = "unknown"
    UNREADABLE = "unreadable"


# Code du travail, article R.5221-42, second paragraph, second sentence, the same since 2007: the law's own words stay
# French.
DEEMED = (
    "« A défaut de réponse dans ce délai, l’obligation de l’employeur de s’assurer de l’existence de "
    "l’autorisation de travail est réputée accomplie. »"
)


def answer_due(asked_on: date, department: str = "") -> date:
    """Return the last day on which a prefecture answers a request received on a day (code du travail R.5221-42).

    Without a département, only the holidays of the whole country count.
    """
    return after_working_days(asked_on, HIRING_WORKING_DAYS.on(asked_on), department)


def depends_on_place(asked_on: date, hired_on: date) -> bool:
    """Return whether a check is early enough in most départements and not where a local holiday is in between."""
    return answer_due(asked_on) <= hired_on and any(
        answer_due(asked_on, department) > hired_on for department in LOCAL_HOLIDAYS.on(asked_on)
    )

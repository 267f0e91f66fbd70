"""Queries on the checks that employers ask for."""

from collections.abc import Sequence
from datetime import datetime

from peewee import JOIN

from app.storage.models import Attestation, Conversation, HiringCheck, Service

MOST = 100
ANSWERED_SHOWN = 20


def by_code(code: str) -> HiringCheck | None:
    """Return the check that a reading code opens, None if there is none."""
    found: HiringCheck | None = (
        HiringCheck.select(HiringCheck, Attestation, Conversation, Service)
        .join(Attestation, JOIN.LEFT_OUTER)
        .switch(HiringCheck)
        .join(Conversation, JOIN.LEFT_OUTER)
        .join(Service, JOIN.LEFT_OUTER)
        .where(HiringCheck.code == code)
        .first()
    )
    return found


def just_asked(attestation_id: int, email: str, since: datetime) -> Sequence[HiringCheck]:
    """Return the checks of a certificate for an address since an instant: to recognise double submissions."""
    same = (HiringCheck.attestation == attestation_id) & (HiringCheck.email == email)
    return list(HiringCheck.select().where(same & (HiringCheck.asked_at >= since)))


def of_account(account_id: int) -> Sequence[HiringCheck]:
    """Return the checks about a person, newest first, MOST at most."""
    return list(
        HiringCheck.select(HiringCheck, Attestation)
        .join(Attestation, JOIN.LEFT_OUTER)
        .where(HiringCheck.account == account_id)
        .order_by(HiringCheck.id.desc())
        .limit(MOST)
    )

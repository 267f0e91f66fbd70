"""Queries on the checks that employers ask for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from peewee import JOIN

from app.storage import capped_count
from app.storage.capped_count import CappedCount
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


def just_asked_of(service_id: int, email: str, since: datetime) -> Sequence[HiringCheck]:
    """Return the checks of cards that a service was asked for an address since an instant."""
    same = (Conversation.service == service_id) & (HiringCheck.email == email)
    return list(_of_cards().where(same & (HiringCheck.asked_at >= since)))


def _of_cards() -> Any:
    return HiringCheck.select(HiringCheck, Conversation).join(Conversation)


def waiting(service_id: int) -> Sequence[HiringCheck]:
    """Return the checks that wait for an answer of a service, the first due first, MOST at most."""
    return list(
        _of_cards().where(_unanswered(service_id)).order_by(HiringCheck.due_on, HiringCheck.id).limit(MOST)
    )


def how_many(service_id: int) -> CappedCount:
    """Count the checks that wait for an answer of a service, up to capped_count.MOST."""
    asked = HiringCheck.select().join(Conversation).where(_unanswered(service_id))
    return capped_count.capped_count(asked)


def _unanswered(service_id: int) -> Any:
    return (Conversation.service == service_id) & HiringCheck.answered_at.is_null()


def answered(service_id: int) -> Sequence[HiringCheck]:
    """Return the checks that a service answered last, ANSWERED_SHOWN at most."""
    done = (Conversation.service == service_id) & HiringCheck.answered_at.is_null(False)
    return list(_of_cards().where(done).order_by(HiringCheck.answered_at.desc()).limit(ANSWERED_SHOWN))


def in_service(service_id: int, number: str) -> HiringCheck:
    """Return a check of a card by its number; HiringCheck.DoesNotExist if another service was asked."""
    own = (HiringCheck.number == number[:16]) & (Conversation.service == service_id)
    return (
        HiringCheck.select(HiringCheck, Conversation, Service)
        .join(Conversation)
        .join(Service)
        .where(own)
        .get()
    )


def overdue(today: date) -> Sequence[HiringCheck]:
    """Return the checks whose time to answer was over before a day, without an answer, MOST at most."""
    waits = HiringCheck.answered_at.is_null() & HiringCheck.lapsed_at.is_null()
    return list(
        HiringCheck.select().where((HiringCheck.due_on < today) & waits).order_by(HiringCheck.id).limit(MOST)
    )


def of_account(account_id: int) -> Sequence[HiringCheck]:
    """Return the checks about a person, newest first, MOST at most."""
    return list(
        HiringCheck.select(HiringCheck, Attestation)
        .join(Attestation, JOIN.LEFT_OUTER)
        .where(HiringCheck.account == account_id)
        .order_by(HiringCheck.id.desc())
        .limit(MOST)
    )

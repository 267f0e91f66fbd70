"""Queries on appointments; ownership is part of each query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.domain.dossiers.appointments import Outcome, Purpose
from app.storage import capped_count
from app.storage.capped_count import CappedCount
from app.storage.compiled_queries import compiled
from app.storage.database import row_lock
from app.storage.models import Account, Appointment, Dossier, Service
from app.storage.models.appointments import OPEN

MOST = 100


@compiled(Appointment)
def _of_dossier(dossier_id: Any) -> Any:
    return Appointment.select().where(Appointment.dossier == dossier_id).order_by(Appointment.at.desc())


def of_dossier(dossier_id: int) -> Sequence[Appointment]:
    """Return every appointment of a dossier, the latest first."""
    return _of_dossier.all(dossier_id)


def open_of(dossier_id: int) -> Sequence[Appointment]:
    """Return the open appointments of a dossier, locked until the transaction ends."""
    mine = Appointment.select().where((Appointment.dossier == dossier_id) & OPEN)
    return list(row_lock(mine.order_by(Appointment.id)))


def locked(number: int) -> Appointment:
    """Return an appointment as it is now, locked until the transaction ends."""
    return row_lock(Appointment.select().where(Appointment.id == number)).get()


def owned(account_id: int, reference: str, number: int) -> Appointment:
    """Return an appointment of an applicant with its dossier; Appointment.DoesNotExist if it is not theirs."""
    mine = (Dossier.account == account_id) & (Dossier.reference == reference)
    return (
        Appointment.select(Appointment, Dossier, Service)
        .join(Dossier)
        .join(Service)
        .where(mine & (Appointment.id == number))
        .get()
    )


def in_service(service_id: int, reference: str, number: int) -> Appointment:
    """Return an appointment of a service with its dossier; Appointment.DoesNotExist if it is another service's."""
    theirs = (Dossier.service == service_id) & (Dossier.reference == reference)
    return (
        Appointment.select(Appointment, Dossier, Account)
        .join(Dossier)
        .join(Account)
        .where(theirs & (Appointment.id == number))
        .get()
    )


def was_kept(dossier_id: int, purpose: Purpose) -> bool:
    """Return whether the person of a dossier came to an appointment of a purpose."""
    kept = (Appointment.dossier == dossier_id) & (Appointment.outcome == str(Outcome.KEPT))
    return bool(Appointment.select().where(kept & (Appointment.purpose == str(purpose))).exists())


def to_remind(now: datetime, until: datetime) -> Sequence[Appointment]:
    """Return the open appointments between two instants to which the person did not say that they cannot come."""
    coming = OPEN & Appointment.declined_at.is_null() & (Appointment.at > now) & (Appointment.at < until)
    return list(Appointment.select().where(coming).order_by(Appointment.at))


def _listed(service_id: int) -> Any:
    return (
        Appointment.select(Appointment, *Dossier.fields_without("answers", "sealed"), Account.language)
        .join(Dossier)
        .join(Account)
        .where((Dossier.service == service_id) & OPEN)
        .order_by(Appointment.at, Appointment.id)
    )


def declined(service_id: int) -> Sequence[Appointment]:
    """Return the open appointments of a service to which the person cannot come, MOST at most."""
    return list(_listed(service_id).where(Appointment.declined_at.is_null(False)).limit(MOST))


def unmarked(service_id: int, now: datetime) -> Sequence[Appointment]:
    """Return the appointments of a service whose hour has passed without a mark, the oldest first, MOST at most."""
    return list(_listed(service_id).where(_unmarked(now)).limit(MOST))


def _unmarked(now: datetime) -> Any:
    return Appointment.declined_at.is_null() & (Appointment.at <= now)


def between(service_id: int, first: datetime, last: datetime) -> Sequence[Appointment]:
    """Return the open appointments of a service from an instant until before another, MOST at most."""
    awaited = Appointment.declined_at.is_null() & (Appointment.at >= first) & (Appointment.at < last)
    return list(_listed(service_id).where(awaited).limit(MOST))


def how_many(service_id: int, now: datetime) -> CappedCount:
    """Count the appointments of a service on which an agent has to act: declined, or past without a mark."""
    waiting = Appointment.declined_at.is_null(False) | (Appointment.at <= now)
    asked = Appointment.select().join(Dossier).where((Dossier.service == service_id) & OPEN & waiting)
    return capped_count.capped_count(asked)

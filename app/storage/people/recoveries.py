"""Queries on requests to change an account's address; agents' queries always include their service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN

from app.storage import capped_count
from app.storage.capped_count import CappedCount
from app.storage.models import Account, Agent, Dossier, Recovery, Service

MOST = 100


def service_of(account_id: int) -> Service | None:
    """Return the service of the applicant's last dossier that has one."""
    found: Service | None = (
        Service.select()
        .join(Dossier)
        .where(Dossier.account == account_id)
        .order_by(Dossier.id.desc())
        .first()
    )
    return found


def dossier_of(account_id: int) -> Dossier | None:
    """Return the last dossier an applicant filed, whose events record the change of address."""
    filed = (Dossier.account == account_id) & Dossier.reference.is_null(False)
    found: Dossier | None = Dossier.select().where(filed).order_by(Dossier.id.desc()).first()
    return found


def unconfirmed(digest: str, since: datetime) -> Recovery | None:
    """Return a request made since an instant, not yet confirmed, by the digest of the new address's link."""
    condition = (
        (Recovery.link_digest == digest) & Recovery.confirmed_at.is_null() & (Recovery.asked_at > since)
    )
    return _first(condition)


def confirmed(digest: str, since: datetime) -> bool:
    """Return whether the link sent to a new address was used, of a request made since an instant."""
    used = (Recovery.link_digest == digest) & Recovery.confirmed_at.is_null(False)
    return bool(Recovery.select().where(used & (Recovery.asked_at > since)).exists())


def stoppable(digest: str) -> Recovery | None:
    """Return an open request by the digest of the link sent to the old address."""
    return _first((Recovery.stop_digest == digest) & _open())


def confirm(recovery_id: int, stop_digest: str, now: datetime) -> bool:
    """Note that the new address is confirmed; return False if it was confirmed before."""
    waits = (Recovery.id == recovery_id) & Recovery.confirmed_at.is_null()
    return bool(Recovery.update(confirmed_at=now, stop_digest=stop_digest).where(waits).execute())


def stop(recovery_id: int, now: datetime) -> bool:
    """Stop a request from the old address; return False if it was decided or stopped before."""
    return bool(Recovery.update(stopped_at=now).where((Recovery.id == recovery_id) & _open()).execute())


def stop_others(account_id: int, now: datetime) -> None:
    """Stop the open requests of an account, once its address is changed."""
    Recovery.update(stopped_at=now).where((Recovery.account == account_id) & _open()).execute()


def waiting(service_id: int) -> Sequence[Recovery]:
    """Return the open requests of a service, oldest first."""
    return list(
        Recovery.select(Recovery, Account)
        .join(Account)
        .where((Recovery.service == service_id) & _open())
        .order_by(Recovery.confirmed_at)
        .limit(MOST)
    )


def how_many(service_id: int) -> CappedCount:
    """Count the open requests of a service, up to capped_count.MOST."""
    return capped_count.capped_count(Recovery.select().where((Recovery.service == service_id) & _open()))


def in_service(service_id: int, recovery_id: int) -> Recovery:
    """Return a confirmed request of a service; Recovery.DoesNotExist if it is another service's."""
    condition = (
        (Recovery.id == recovery_id)
        & (Recovery.service == service_id)
        & Recovery.confirmed_at.is_null(False)
        & Recovery.account.is_null(False)
    )
    query = Recovery.select(Recovery, Account, Agent).join(Account).switch(Recovery)
    row: Recovery = query.join(Agent, JOIN.LEFT_OUTER).where(condition).get()
    return row


def decide(recovery: Recovery, agent: Agent, now: datetime, **columns: Any) -> bool:
    """Write an agent's decision; return False if the request is no longer open or not of the agent's service."""
    condition = (Recovery.id == recovery.id) & (Recovery.service == agent.service_id) & _open()
    return bool(Recovery.update(decided_at=now, agent=agent, **columns).where(condition).execute())


def _open() -> Any:
    """Return the condition of an open request: confirmed, matched to an account, not stopped, not decided."""
    return (
        Recovery.confirmed_at.is_null(False)
        & Recovery.account.is_null(False)
        & Recovery.stopped_at.is_null()
        & Recovery.decided_at.is_null()
    )


def _first(condition: Any) -> Recovery | None:
    found: Recovery | None = (
        Recovery.select(Recovery, Account).join(Account, JOIN.LEFT_OUTER).where(condition).first()
    )
    return found

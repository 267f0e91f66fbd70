"""Queries on requests for another address; what agents read and write always names their service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN

from app.storage import capped_count
from app.storage.capped_count import CappedCount
from app.storage.models import Account, Agent, Dossier, Recovery, Service

MOST = 100


def service_of(account_id: int) -> Service | None:
    """The service of the last application that a person filed."""
    found: Service | None = (
        Service.select()
        .join(Dossier)
        .where(Dossier.account == account_id)
        .order_by(Dossier.id.desc())
        .first()
    )
    return found


def dossier_of(account_id: int) -> Dossier | None:
    """The last application that a person filed: its history tells what became of their address."""
    filed = (Dossier.account == account_id) & Dossier.reference.is_null(False)
    found: Dossier | None = Dossier.select().where(filed).order_by(Dossier.id.desc()).first()
    return found


def unconfirmed(digest: str, since: datetime) -> Recovery | None:
    """A request made since an instant whose new address is not confirmed yet, by the link sent there."""
    live = (Recovery.link_digest == digest) & Recovery.confirmed_at.is_null() & (Recovery.asked_at > since)
    return _first(live)


def stoppable(digest: str) -> Recovery | None:
    """A request that nobody has decided, by the link sent to the old address."""
    return _first((Recovery.stop_digest == digest) & _open())


def confirm(recovery_id: int, stop_digest: str, now: datetime) -> bool:
    """Note that the new address was read; False when somebody did a moment before."""
    waits = (Recovery.id == recovery_id) & Recovery.confirmed_at.is_null()
    return bool(Recovery.update(confirmed_at=now, stop_digest=stop_digest).where(waits).execute())


def stop(recovery_id: int, now: datetime) -> bool:
    """The old address says no; False when it was decided, or stopped, a moment before."""
    return bool(Recovery.update(stopped_at=now).where((Recovery.id == recovery_id) & _open()).execute())


def stop_others(account_id: int, now: datetime) -> None:
    """Close what remains open for an account once its address is changed."""
    Recovery.update(stopped_at=now).where((Recovery.account == account_id) & _open()).execute()


def waiting(service_id: int) -> Sequence[Recovery]:
    """What a service has to decide, the oldest first."""
    return list(
        Recovery.select(Recovery, Account)
        .join(Account)
        .where((Recovery.service == service_id) & _open())
        .order_by(Recovery.confirmed_at)
        .limit(MOST)
    )


def how_many(service_id: int) -> CappedCount:
    """How many requests wait for a service, as far as bounded.MOST."""
    return capped_count.capped_count(Recovery.select().where((Recovery.service == service_id) & _open()))


def in_service(service_id: int, recovery_id: int) -> Recovery:
    """A request of this service that agents may see; Recovery.DoesNotExist for another service's."""
    seen = (
        (Recovery.id == recovery_id)
        & (Recovery.service == service_id)
        & Recovery.confirmed_at.is_null(False)
        & Recovery.account.is_null(False)
    )
    found = Recovery.select(Recovery, Account, Agent).join(Account).switch(Recovery)
    row: Recovery = found.join(Agent, JOIN.LEFT_OUTER).where(seen).get()
    return row


def decide(recovery: Recovery, agent: Agent, now: datetime, **columns: Any) -> bool:
    """Write what an agent of its service decided, once; False when it is no longer to be decided."""
    theirs = (Recovery.id == recovery.id) & (Recovery.service == agent.service_id) & _open()
    return bool(Recovery.update(decided_at=now, agent=agent, **columns).where(theirs).execute())


def _open() -> Any:
    return (
        Recovery.confirmed_at.is_null(False)
        & Recovery.account.is_null(False)
        & Recovery.stopped_at.is_null()
        & Recovery.decided_at.is_null()
    )


def _first(which: Any) -> Recovery | None:
    found: Recovery | None = (
        Recovery.select(Recovery, Account).join(Account, JOIN.LEFT_OUTER).where(which).first()
    )
    return found

"""Queries on transfers between services; the reader's service is part of each query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from peewee import JOIN

from app.storage.models import Dossier, Service, Transfer

MOST = 50


def recent(service_id: int, since: datetime) -> Sequence[Transfer]:
    """Return transfers from or to a service since an instant, newest first, with the reference and both services."""
    origin, target = Service.alias("origin"), Service.alias("target")
    return list(
        Transfer.select(Transfer, Dossier.id, Dossier.reference, origin, target)
        .join(Dossier)
        .switch(Transfer)
        .join(origin, JOIN.INNER, on=(Transfer.origin == origin.id), attr="origin")
        .switch(Transfer)
        .join(target, JOIN.INNER, on=(Transfer.target == target.id), attr="target")
        .where(
            Transfer.id.in_(_latest(Transfer.origin == service_id, since))
            | Transfer.id.in_(_latest(Transfer.target == service_id, since))
        )
        .order_by(Transfer.id.desc())
        .limit(MOST)
    )


def first_origin(dossier_id: int) -> Service | None:
    """Return the service that first had a dossier, None if it never changed service."""
    first = (
        Transfer.select(Transfer, Service)
        .join(Service, on=(Transfer.origin == Service.id))
        .where(Transfer.dossier == dossier_id)
        .order_by(Transfer.id)
        .first()
    )
    return first.origin if first else None


def _latest(side: Any, since: datetime) -> Any:
    """Select the last transfers on one side: each side has an index, a condition on both would use none."""
    return (
        Transfer.select(Transfer.id)
        .where(side & (Transfer.at >= since))
        .order_by(Transfer.at.desc())
        .limit(MOST)
    )

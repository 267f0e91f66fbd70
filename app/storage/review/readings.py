"""What the agents of a service opened and searched for in a period: how many, never what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from peewee import fn

from app.domain.dossiers.audit import OPENED, READ
from app.domain.rules.calendar import start_of_day
from app.storage.models import AuditRecord, SearchRecord
from app.storage.review.figures import Scope


@dataclass(frozen=True)
class Readings:
    """Of an agent: different dossiers opened, files, messages and papers read, searches."""

    dossiers: int = 0
    read: int = 0
    searches: int = 0


def by_agent(scope: Scope) -> Mapping[int, Readings]:
    """Count the readings of a period by agent, in every procedure."""
    first, end = start_of_day(scope.since), start_of_day(scope.until + timedelta(days=1))
    seen = (AuditRecord.service == scope.service_id) & AuditRecord.at.between(first, end)
    rows: Any = (
        AuditRecord.select(
            AuditRecord.agent,
            fn.COUNT(AuditRecord.dossier.distinct()),
            fn.COUNT(fn.NULLIF(AuditRecord.action, OPENED)),
        )
        .where(seen & AuditRecord.action.in_((OPENED, READ)))
        .group_by(AuditRecord.agent)
    )
    searched: Any = (
        SearchRecord.select(SearchRecord.agent, fn.COUNT(SearchRecord.id))
        .where((SearchRecord.service == scope.service_id) & SearchRecord.at.between(first, end))
        .group_by(SearchRecord.agent)
    )
    searches = dict(searched.tuples())
    found = {agent: (dossiers, read) for agent, dossiers, read in rows.tuples()}
    return {
        agent: Readings(*found.get(agent, (0, 0)), searches.get(agent, 0)) for agent in {*found, *searches}
    }

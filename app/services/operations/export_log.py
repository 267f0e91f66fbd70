"""Log of the files that supervisors export, shown to the other members of the service."""

from datetime import datetime

from app.storage.database import database
from app.storage.models import Agent, ExportRecord
from app.storage.review.figures import Scope


def record(agent: Agent, what: str, scope: Scope, rows: int, cut: bool, now: datetime) -> None:
    """Log an export: agent, table (`what`), period, number of rows and whether it was cut at the limit."""
    with database.atomic():
        ExportRecord.create(
            service=agent.service_id,
            agent=agent,
            what=what,
            since=scope.since,
            until=scope.until,
            journey=scope.journey,
            rows=rows,
            cut=cut,
            at=now,
        )

"""Files that supervisors take away: each is written down, for the others of the service to see."""

from datetime import datetime

from app.storage.database import database
from app.storage.models import Agent, ExportRecord
from app.storage.review.figures import Scope


def record(agent: Agent, what: str, scope: Scope, rows: int, cut: bool, now: datetime) -> None:
    """Write down who took which table of which period, how many rows, and whether there were more."""
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

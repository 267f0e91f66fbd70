"""Daily count of the delays to a decision, by service and procedure, so that public pages only read a row."""

from datetime import datetime

from app.domain.dossiers.figures import USUAL_PERIOD, first_day, middle_half
from app.domain.rules.calendar import paris_day
from app.storage.database import database
from app.storage.review import delays as store


def count_due(now: datetime) -> int:
    """Count the delays of the day if that was not done yet; return how many were stored."""
    return 0 if store.counted(paris_day(now)) else count(now)


def count(now: datetime) -> int:
    """Count the delays of the day anew; return how many were stored."""
    today, stored = paris_day(now), 0
    with database.atomic():
        for service_id in store.services():
            decided = store.decided(service_id, first_day(today, USUAL_PERIOD), today)
            for journey, durations in decided.items():
                store.keep(service_id, journey, middle_half(durations), today)
            stored += len(decided)
        store.forget_before(today)
    return stored

"""The honest delay of each service and procedure, counted once a day so that public pages cost nothing."""

from datetime import datetime

from app.domain.dossiers.figures import USUAL_PERIOD, first_day, middle_half
from app.domain.rules.calendar import paris_day
from app.storage.database import database
from app.storage.review import delays as store


def count_due(now: datetime) -> int:
    """Count the delays of the day, unless it was done: how many are told."""
    today = paris_day(now)
    if store.counted(today):
        return 0
    told = 0
    with database.atomic():
        for service_id in store.services():
            decided = store.decided(service_id, first_day(today, USUAL_PERIOD), today)
            for journey, durations in decided.items():
                store.keep(service_id, journey, middle_half(durations), today)
            told += len(decided)
        store.forget_before(today)
    return told

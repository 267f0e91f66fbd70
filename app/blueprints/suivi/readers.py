"""Who opened a dossier: the service and the role, never the name, a line a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from werkzeug.wrappers import Response

from app.domain.rules.calendar import paris_day
from app.presenters.applicants.open_request import open_request
from app.storage.applications import audit
from app.storage.applications import dossiers as store
from app.web.current import account
from app.web.rendering import render_page

MOST = 500  # readings looked at, the latest ones


@dataclass(frozen=True)
class Day:
    """What one service read on one day: how many times, and when last."""

    service: str
    times: int
    last: datetime


def readers(reference: str) -> Response:
    """Every day on which an agent opened this dossier, the latest first."""
    dossier = store.owned(account().id, reference)
    days = list(_days(audit.readings(dossier.id, MOST)))
    return render_page("suivi/readers.html", dossier=dossier, days=days, asked=open_request(dossier))


def _days(readings: Sequence[Any]) -> Iterator[Day]:
    for (_day, service), group in groupby(readings, lambda one: (paris_day(one.at), one.service.name)):
        some = list(group)
        yield Day(service, len(some), some[0].at)

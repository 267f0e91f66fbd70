"""The services that opened a dossier, a line for each day, without agents' names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from werkzeug.wrappers import Response

from app.domain.dossiers.attestations import spell_code
from app.domain.rules.calendar import paris_day
from app.presenters.applicants.open_request import open_request
from app.storage import hiring
from app.storage.applications import audit
from app.storage.applications import dossiers as store
from app.web.current import account
from app.web.pages.rendering import render_page

MOST = 500  # latest readings counted


@dataclass(frozen=True)
class Day:
    """The readings of a dossier by one service on one day: how many, and the last one."""

    service: str
    times: int
    last: datetime


def readers(reference: str) -> Response:
    """Show the days on which agents opened this dossier, the latest first."""
    dossier = store.owned(account().id, reference)
    days = list(_days(audit.readings(dossier.id, MOST)))
    checks = [
        (check.asked_at, spell_code(check.attestation.code) if check.attestation else "")
        for check in hiring.of_account(account().id)
    ]
    return render_page(
        "suivi/readers.html", dossier=dossier, days=days, checks=checks, asked=open_request(dossier)
    )


def _days(readings: Sequence[Any]) -> Iterator[Day]:
    def day_and_service(reading: Any) -> tuple[Any, str]:
        return paris_day(reading.at), reading.service.name

    for (_day, service), group in groupby(readings, day_and_service):
        of_day = list(group)
        yield Day(service, len(of_day), of_day[0].at)

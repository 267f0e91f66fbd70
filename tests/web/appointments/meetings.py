"""What the tests of appointments share: a meeting, how it is sent, what is read back."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from app import jobs
from app.storage.models import Appointment, Dossier, Notice, Outbox
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, address, enter, member

# NOON is a Monday, 23 November 2026: the appointment is on the Monday after the next.
MEETING = {
    "day-day": "7",
    "day-month": "12",
    "day-year": "2026",
    "hour": "9 h 30",
    "place": "Guichet 4, rez-de-chaussée",
    "bring": ["passport", "permit"],
    "words": "",
}
AT = datetime.fromisoformat("2026-12-07T08:30:00+00:00")


def invite(desk: PageClient, dossier: Dossier, purpose: str = "interview", **changes: Any) -> Any:
    page = address(dossier, f"rendez-vous/{purpose}")
    desk.get(page)
    return desk.post(page, MEETING | changes)


def the_one() -> Appointment:
    found: Appointment = Appointment.select().order_by(Appointment.id.desc()).get()
    return found


def send(client: PageClient, page: str, **fields: Any) -> Any:
    """Open a page of the one appointment and send its form, with the version that the page shows."""
    text = client.get(page).text
    version = text.split('name="version" value="', 1)[1].split('"', 1)[0]
    return client.post(page, {"version": version, **fields})


def desk_page(dossier: Dossier, part: str = "") -> str:
    return address(dossier, f"rendez-vous/{the_one().id}{part}")


def correction(dossier: Dossier) -> str:
    """The page that corrects a mark, which no page of the demonstration leads to; the mark is made here."""
    noted = {"at": NOON, "place": "Guichet 4", "bring": [], "invited_at": NOON, "settled_at": NOON}
    made = Appointment.create(dossier=dossier, purpose="interview", outcome="kept", **noted)
    return address(dossier, f"rendez-vous/{made.id}/corriger")


def own_page(dossier: Dossier) -> str:
    return f"/fr/suivi/{dossier.reference}/rendez-vous/{the_one().id}"


def kinds() -> list[str]:
    return [notice.kind for notice in Notice.select().order_by(Notice.id) if "appointment" in notice.kind]


def sent_without_error(app: Flask, at: datetime) -> None:
    jobs.run_once(app, at)
    assert [row.error for row in Outbox.select().where(Outbox.error != "")] == []


def later(clock: Clock, visitor: Visitor, dossier: Dossier, **delta: int) -> PageClient:
    """The desk some time after the hour of the appointment, in a session of its own."""
    clock.at = AT + timedelta(**delta)
    return enter(visitor(), member(dossier.service, email="autre.agent@exemple.fr"), clock)

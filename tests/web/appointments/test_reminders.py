"""Reminders of appointments: a week and a day before, never after the hour."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from app import jobs
from app.jobs import sweeps
from app.storage.models import Appointment, Dossier, Outbox
from tests.clients import PageClient
from tests.services.outside import Post, with_gateways
from tests.web.appointments.meetings import AT, invite, kinds, own_page, send, sent_without_error

pytestmark = pytest.mark.engines("sqlite")


def reminded(at: datetime) -> list[str]:
    sweeps.calendar(at)
    return [kind for kind in kinds() if kind in ("appointment_coming", "appointment_near")]


def test_reminders_a_week_and_a_day_before(app: Flask, desk: PageClient, dossier: Dossier) -> None:
    invite(desk, dossier)
    assert reminded(AT - timedelta(days=8)) == []
    assert reminded(AT - timedelta(days=7, hours=3)) == [], "no letter by night"
    assert reminded(AT - timedelta(days=7) + timedelta(hours=1)) == ["appointment_coming"]
    assert reminded(AT - timedelta(days=6)) == ["appointment_coming"], "once"
    assert reminded(AT - timedelta(days=1) + timedelta(hours=1)) == ["appointment_coming", "appointment_near"]
    assert Outbox.select().where(Outbox.kind == "sms_notice").count() == 2, "the invitation, the day before"
    sent_without_error(app, AT - timedelta(hours=20))


def test_no_reminder_at_its_hour_or_to_who_cannot_come(
    app: Flask, desk: PageClient, person: PageClient, dossier: Dossier
) -> None:
    invite(desk, dossier, "fingerprints")
    send(person, own_page(dossier), words="")
    invite(desk, dossier, hour="15 h")
    assert reminded(AT + timedelta(hours=5, minutes=29)) == ["appointment_near"], "late, before its hour"
    Appointment.update(told=None).execute()
    assert reminded(AT + timedelta(hours=5, minutes=30)) == ["appointment_near"]
    post = Post()
    with_gateways(app, mail=post)
    jobs.run_once(app, AT + timedelta(hours=6))
    assert post.letters
    assert not any("très bientôt" in letter.subject for letter in post.letters), (
        "held up until after its hour"
    )

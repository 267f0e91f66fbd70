"""Invitations: what the officer writes, what the person reads first, and what is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar

from app.presenters.applicants import own_data
from app.storage.models import Appointment, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, address, enter, member
from tests.web.appointments.meetings import (
    AT,
    MEETING,
    desk_page,
    invite,
    kinds,
    own_page,
    send,
    sent_without_error,
    the_one,
)
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")


def test_who_is_invited_reads_it_first(
    app: Flask, desk: PageClient, person: PageClient, dossier: Dossier
) -> None:
    form = desk.get(address(dossier, "rendez-vous/interview")).text
    assert 'value="originals" checked' in form, "what to bring is proposed"
    answer = invite(desk, dossier)
    assert answer.status_code == 303, words(answer.text)
    made = the_one()
    assert (made.at, made.place, made.bring) == (AT, MEETING["place"], ["passport", "permit"])
    space = words(person.get("/fr/suivi/").text)
    for told in (
        "Rendez-vous : Entretien",
        "lundi 7 décembre 2026",
        "9 h 30",
        "Guichet 4",
        "votre passeport",
    ):
        assert told in space, told
    assert "rien à faire" not in space
    assert space.index("Rendez-vous : Entretien") < space.index('id="state"')
    assert kinds() == ["appointment_made"]
    sent_without_error(app, NOON + timedelta(minutes=1))
    assert "invite l’usager : Entretien, le 7 décembre 2026 à 9 h 30" in words(
        desk.get(address(dossier)).text
    )
    assert dossier.reference in desk.get("/fr/agents/rendez-vous").text


def test_a_preview_sends_nothing(desk: PageClient, dossier: Dossier) -> None:
    shown = invite(desk, dossier, apercu="1")
    assert shown.status_code == 200
    assert "Aperçu : rien n’est envoyé" in words(shown.text)
    assert "lundi 7 décembre 2026" in words(shown.text)
    assert 'value="9 h 30"' in shown.text, "what was typed stays"
    assert (Appointment.select().count(), kinds()) == (0, [])


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"day-day": "6"}, "day", "dimanche ou jour férié"),
        ({"day-day": "25"}, "day", "dimanche ou jour férié"),
        ({"day-day": "20", "day-month": "11"}, "day", "Cette date est passée"),
        ({"day-year": "2029"}, "day", "très éloignée"),
        ({"day-day": "23", "day-month": "11"}, "hour", "Cette heure est déjà passée"),
        ({"hour": "midi"}, "hour", "par exemple 14:15"),
        ({"hour": "25:00"}, "hour", "par exemple 14:15"),
        ({"hour": "3 h"}, "hour", "trop tôt ou trop tard"),
        ({"hour": ""}, "hour", "Écrivez l’heure"),
        ({"place": ""}, "place", "Écrivez le lieu"),
        ({"place": "x" * 1001}, "place", "trop longue"),
        ({"bring": ["sword"]}, "bring", "une des réponses proposées"),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    changes: dict[str, Any], field: str, told: str, desk: PageClient, dossier: Dossier
) -> None:
    answer = invite(desk, dossier, **changes)
    assert answer.status_code == 422
    page = words(answer.text)
    assert f'id="{field}-error"' in page
    assert told in page
    assert Appointment.select().count() == 0


def test_sent_twice_is_one_and_another_one_is_refused(desk: PageClient, dossier: Dossier) -> None:
    assert invite(desk, dossier).status_code == 303
    assert invite(desk, dossier).status_code == 303
    other = invite(desk, dossier, hour="11 h")
    assert other.status_code == 409
    assert "déjà prévu" in words(other.text)
    assert (Appointment.select().count(), kinds()) == (1, ["appointment_made"])


def test_the_state_of_the_dossier_decides(desk: PageClient, dossier: Dossier) -> None:
    assert invite(desk, dossier, "hand_over").status_code == 409, "there is no card yet"
    assert desk.get(address(dossier, "rendez-vous/party")).status_code == 404
    assert "/rendez-vous/fingerprints" in desk.get(address(dossier)).text
    assert "/rendez-vous/hand_over" not in desk.get(address(dossier)).text


def test_nobody_sees_or_changes_what_is_another_s(
    desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    invite(desk, dossier)
    stranger = visitor().sign_in(factories.account(factories.identity(foreign_number="9920000177")))
    assert stranger.get(own_page(dossier)).status_code == 404
    assert stranger.post(own_page(dossier), {"version": "1", "words": "x"}).status_code == 404
    assert stranger.get(f"{own_page(dossier)}/agenda.ics").status_code == 404
    paris = enter(visitor(), member(factories.service("75", "Paris")), clock)
    assert paris.get(address(dossier, "rendez-vous/interview")).status_code == 404
    assert paris.post(address(dossier, "rendez-vous/interview"), MEETING).status_code == 404
    for part in ("", "/changer", "/annuler", "/corriger"):
        assert paris.get(desk_page(dossier, part)).status_code == 404, part
        assert paris.post(desk_page(dossier, part), {"version": "1", "outcome": "kept"}).status_code == 404
    assert dossier.reference not in paris.get("/fr/agents/rendez-vous").text
    assert desk.get(address(dossier, "rendez-vous/99999999999999999999")).status_code == 404


def test_the_calendar_has_hour_and_place(desk: PageClient, person: PageClient, dossier: Dossier) -> None:
    invite(desk, dossier)
    answer = person.get(f"{own_page(dossier)}/agenda.ics")
    (event,) = Calendar.from_ical(answer.get_data()).walk("VEVENT")
    assert event["dtstart"].dt == datetime(2026, 12, 7, 9, 30), "the clock of the place, without a zone"
    assert event["location"] == MEETING["place"]
    assert "votre passeport" in event["description"]
    send(person, own_page(dossier), words="")
    assert person.get(f"{own_page(dossier)}/agenda.ics").status_code == 404


def test_the_copy_of_one_s_data_has_them(desk: PageClient, dossier: Dossier, clock: Clock) -> None:
    invite(desk, dossier)
    (application,) = own_data.data(dossier.account, clock())["applications"]
    assert application["appointments"][0]["place"] == MEETING["place"]

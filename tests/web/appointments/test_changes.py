"""What becomes of an appointment: another date, a cancellation, a mark, and the way back from each."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.applications import transfers
from app.storage.database import database
from app.storage.models import Dossier, Notice
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import Visitor, act, address
from tests.web.appointments.meetings import (
    MEETING,
    desk_page,
    invite,
    kinds,
    later,
    own_page,
    send,
    sent_without_error,
    the_one,
)
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")


def test_who_cannot_come_says_so_and_gets_another_date(
    app: Flask, desk: PageClient, person: PageClient, dossier: Dossier
) -> None:
    invite(desk, dossier)
    answer = send(person, own_page(dossier), words="Je travaille le matin.")
    assert answer.status_code == 303
    assert "vous ne pouvez pas venir" in words(person.get("/fr/suivi/").text)
    listed = words(desk.get("/fr/agents/rendez-vous").text)
    assert "Ne peuvent pas venir" in listed
    assert "Je travaille le matin." in listed
    assert "Rendez-vous" in words(desk.get("/fr/agents/").text)
    moved = send(
        desk, desk_page(dossier, "/changer"), **(MEETING | {"hour": "14:15", "reason": "Vos cours."})
    )
    assert moved.status_code == 303, words(moved.text)
    assert the_one().declined_at is None
    assert "14 h 15" in words(person.get("/fr/suivi/").text)
    assert kinds() == ["appointment_made", "appointment_moved"]
    sent_without_error(app, NOON + timedelta(minutes=9))
    history = words(desk.get(address(dossier)).text)
    assert "L’usager ne peut pas venir : Entretien" in history
    assert "change le rendez-vous : Entretien, le 7 décembre 2026 à 14 h 15" in history


def test_a_change_of_nothing_tells_nobody(desk: PageClient, dossier: Dossier) -> None:
    invite(desk, dossier)
    answer = send(desk, desk_page(dossier, "/changer"), **MEETING)
    assert (answer.status_code, answer.location) == (303, desk_page(dossier))
    assert "L’usager est prévenu" not in words(desk.get(answer.location).text)
    assert (kinds(), the_one().version) == (["appointment_made"], 1)


def test_who_comes_after_all_says_so(desk: PageClient, person: PageClient, dossier: Dossier) -> None:
    invite(desk, dossier)
    send(person, own_page(dossier), words="")
    page = person.get(own_page(dossier)).text
    assert "Finalement, je viens" in page
    version = page.split('name="version" value="', 1)[1].split('"', 1)[0]
    assert person.post(f"{own_page(dossier)}/je-viens", {"version": version}).status_code == 303
    assert the_one().declined_at is None
    assert person.post(f"{own_page(dossier)}/je-viens", {"version": version}).status_code == 409


def test_a_page_of_before_a_change_is_not_obeyed(
    desk: PageClient, person: PageClient, dossier: Dossier
) -> None:
    invite(desk, dossier)
    before = str(the_one().version)
    send(desk, desk_page(dossier, "/changer"), **(MEETING | {"hour": "14:15"}))
    late = person.post(own_page(dossier), {"version": before, "words": "Non."})
    assert late.status_code == 409
    assert "a changé entre-temps" in words(late.text)
    assert ">\nNon.</textarea>" in late.text, "the words stay"
    for part, fields in (("", {"outcome": "kept"}), ("/annuler", {"reason": "Fermé."})):
        assert desk.post(desk_page(dossier, part), {"version": before, **fields}).status_code == 409
    assert desk.post(desk_page(dossier), {"version": "9" * 40, "outcome": "kept"}).status_code == 409
    assert the_one().outcome is None


def test_a_cancelled_one_is_told_with_its_reason(
    app: Flask, desk: PageClient, person: PageClient, dossier: Dossier
) -> None:
    invite(desk, dossier)
    assert send(desk, desk_page(dossier, "/annuler"), reason="").status_code == 422
    assert send(desk, desk_page(dossier, "/annuler"), reason="Le guichet ferme ce jour.").status_code == 303
    assert kinds() == ["appointment_made", "appointment_cancelled"]
    number = Notice.select().order_by(Notice.id.desc()).get().id
    assert "Le guichet ferme ce jour." in words(person.get(f"/fr/suivi/messages/{number}").text)
    assert "Annulé par le service." in words(person.get("/fr/suivi/").text)
    assert desk.get(desk_page(dossier, "/changer")).status_code == 409
    sent_without_error(app, NOON + timedelta(minutes=9))
    assert invite(desk, dossier).status_code == 303, "a new one can be made"


def test_a_mark_waits_for_its_hour(
    app: Flask, desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    invite(desk, dossier)
    assert "L’usager est venu" not in words(desk.get(desk_page(dossier)).text)
    early = later(clock, visitor, dossier, minutes=-20)
    page = words(early.get(desk_page(dossier)).text)
    assert "L’usager est venu" in page
    assert "L’usager n’est pas venu" not in page, "they may still come"
    assert early.post(desk_page(dossier), {"version": "1", "outcome": "missed"}).status_code == 409
    assert early.post(desk_page(dossier), {"version": "1", "outcome": "x"}).status_code == 400


def test_who_did_not_come_is_told_what_now(
    app: Flask, desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    invite(desk, dossier)
    desk = later(clock, visitor, dossier, hours=1)
    assert "Passés : notez qui est venu" in words(desk.get("/fr/agents/rendez-vous").text)
    assert send(desk, desk_page(dossier), outcome="missed").status_code == 303
    assert kinds()[-1] == "appointment_missed"
    person = visitor().sign_in(dossier.account)
    page = words(person.get(own_page(dossier)).text)
    assert "Rien n’est perdu" in page
    assert "Écrire au service" in page
    assert Dossier.get_by_id(dossier.id).state == State.FILED, "nothing is lost by not coming"
    sent_without_error(app, clock())
    assert send(desk, desk_page(dossier, "/corriger"), outcome="kept", reason="").status_code == 422
    right = send(desk, desk_page(dossier, "/corriger"), outcome="kept", reason="Vue au guichet 5.")
    assert right.status_code == 303
    assert (the_one().outcome, kinds()[-1]) == ("kept", "appointment_corrected")
    again = send(desk, desk_page(dossier, "/corriger"), outcome="open", reason="Autre personne.")
    assert again.status_code == 303
    assert (the_one().outcome, the_one().settled_at) == (None, None)
    sent_without_error(app, clock() + timedelta(minutes=1))


def test_a_mark_is_not_opened_beside_another_appointment(
    desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    invite(desk, dossier)
    desk = later(clock, visitor, dossier, hours=1)
    first = desk_page(dossier)
    send(desk, first, outcome="missed")
    assert invite(desk, dossier, **{"day-day": "14"}).status_code == 303
    refused = send(desk, f"{first}/corriger", outcome="open", reason="Par erreur.")
    assert refused.status_code == 409
    assert "déjà prévu" in words(refused.text)


@pytest.mark.parametrize("cause", ["withdrawn", "closed", "refused", "moved"])
def test_a_dossier_that_takes_another_way_cancels_it(
    cause: str, app: Flask, desk: PageClient, person: PageClient, dossier: Dossier, clock: Clock
) -> None:
    act(desk, dossier, "take")
    invite(desk, dossier)
    if cause == "withdrawn":
        page = f"/fr/suivi/{dossier.reference}/retirer"
        person.get(page)
        assert person.post(page, {"sure": "yes"}).status_code == 303
    elif cause == "moved":
        with database.atomic():
            transfers.transfer(Dossier.get_by_id(dossier.id), factories.service("75", "Paris"), clock())
    else:
        verb = {"closed": "close", "refused": "refuse"}[cause]
        text = {"close": {"details": "Sans suite."}, "refuse": {"reason": "Ressources non prouvées."}}[verb]
        answer = act(desk, dossier, verb, **text)
        assert answer.status_code == 303, words(answer.text)
    assert the_one().outcome == "cancelled"
    notice = Notice.select().where(Notice.kind == "appointment_cancelled").get()
    assert notice.facts["cause"] == cause
    sent_without_error(app, clock() + timedelta(minutes=1))
    assert "Annulé par le service." in words(person.get("/fr/suivi/").text)

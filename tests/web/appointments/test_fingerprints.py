"""Fingerprints before production, where the service takes them first; the card handed over."""

import pytest

from app.blueprints.instruction.lists.list_place import TICKED
from app.domain.dossiers.states import State
from app.storage.models import Dossier, Event, Service
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, act, address
from tests.web.appointments.meetings import desk_page, invite, later, send, the_one
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")


def granted(dossier: Dossier, state: State = State.FAVOURABLE) -> None:
    Dossier.update(state=str(state), with_card=True).where(Dossier.id == dossier.id).execute()


def test_production_waits_for_fingerprints_where_the_service_takes_them(
    desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    granted(dossier)
    assert "Empreintes" not in desk.get(address(dossier, "produce")).text, "off unless the service says so"
    Service.update(fingerprints=True).execute()
    page = words(desk.get(address(dossier, "produce")).text)
    assert "aucune venue n’est notée" in page
    assert act(desk, dossier, "produce").status_code == 422
    assert act(desk, dossier, "produce", without_prints="yes").status_code == 422, "a reason is needed"
    assert act(desk, dossier, "announce", place="Guichet", amount="10").status_code == 422, "no way around"
    assert Dossier.get_by_id(dossier.id).state == State.FAVOURABLE
    assert invite(desk, dossier, "fingerprints").status_code == 303
    desk = later(clock, visitor, dossier, hours=1)
    send(desk, desk_page(dossier), outcome="kept")
    assert act(desk, dossier, "produce").status_code == 303
    assert Dossier.get_by_id(dossier.id).state == State.IN_PRODUCTION


def test_going_on_without_fingerprints_is_in_the_record(desk: PageClient, dossier: Dossier) -> None:
    granted(dossier)
    Service.update(fingerprints=True).execute()
    answer = act(
        desk, dossier, "produce", without_prints="yes", prints_reason="Prises le 12 mars, sans rendez-vous."
    )
    assert answer.status_code == 303, words(answer.text)
    assert Event.get(Event.action == "prints_waived").reason == "Prises le 12 mars, sans rendez-vous."
    assert "continue sans prise des empreintes" in words(desk.get(address(dossier)).text)


def test_several_at_once_leave_those_without_fingerprints(desk: PageClient, dossier: Dossier) -> None:
    granted(dossier)
    Service.update(fingerprints=True).execute()
    seen = Event.select().order_by(Event.id.desc()).get().id
    ticked = {"acte": "produce", TICKED: f"{dossier.id}.{seen}"}
    desk.get("/fr/agents/lot", query_string=ticked)
    answer = desk.post("/fr/agents/lot", ticked)
    assert "prend les empreintes avant" in words(desk.get(answer.location).text)
    assert Dossier.get_by_id(dossier.id).state == State.FAVOURABLE


@pytest.mark.parametrize("on_its_day", [True, False])
def test_a_card_handed_over_settles_its_appointment(
    on_its_day: bool, desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    granted(dossier, State.CARD_AVAILABLE)
    Dossier.update(card={"place": "Guichet", "amount": 0}).execute()
    assert invite(desk, dossier, "hand_over").status_code == 303
    desk = later(clock, visitor, dossier, minutes=0 if on_its_day else -3000)
    assert act(desk, dossier, "hand_over").status_code == 303
    assert the_one().outcome == ("kept" if on_its_day else "cancelled")

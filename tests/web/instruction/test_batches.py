"""One act on several dossiers of the queue: ticks, one question, each done or left by itself, and told."""

from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from werkzeug.test import TestResponse

from app.domain.actions import BATCHES
from app.domain.dossiers.states import State
from app.services.certificates import attestations
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.models import Agent, Dossier, Event, Notice, PhotoCode
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import QUEUE, act, address, member, targets

BATCH = "/fr/agents/lot"


@pytest.fixture
def three(dossier: Dossier) -> list[Dossier]:
    """Three applications just filed."""
    return [dossier, factories.filed(), factories.filed()]


def pick(dossier: Dossier) -> str:
    """What the box of a line holds."""
    return f"{dossier.id}.{dossier_view.last_move(dossier.id)}"


def page(action: str, *ticks: str, liste: str = "motif=etudiant") -> str:
    """The page of an act on several dossiers."""
    return (
        f"{BATCH}?{urlencode([('acte', action), ('liste', liste), *(('dossiers', tick) for tick in ticks)])}"
    )


def perform(client: PageClient, action: str, *ticks: str, **fields: Any) -> TestResponse:
    """Open the page and send it."""
    client.get(page(action, *ticks))
    return client.post(page(action, *ticks), {"dossiers": list(ticks), **fields})


def states(dossiers: list[Dossier]) -> list[str]:
    """Where they stand."""
    return [Dossier.get_by_id(dossier.id).state for dossier in dossiers]


def moved(dossiers: list[Dossier], state: State) -> list[Dossier]:
    """The same dossiers in another state."""
    Dossier.update(state=str(state)).where(Dossier.id.in_([dossier.id for dossier in dossiers])).execute()
    return dossiers


def test_all_shown_are_ticked_without_scripts_and_taken_at_once(
    desk: PageClient, three: list[Dossier]
) -> None:
    (ticking,) = [link for link in targets(desk.get(f"{QUEUE}?motif=etudiant").text) if "tout=1" in link]
    queue = desk.get(ticking).text
    assert queue.count("checked") == 3
    assert all(f'value="{pick(dossier)}" ' in queue for dossier in three)
    asked = desk.get(page("take", *map(pick, three))).text
    assert all(dossier.reference in asked for dossier in three)
    answer = perform(desk, "take", *map(pick, three))
    assert states(three) == [State.IN_REVIEW] * 3
    told = desk.get(answer.location).text
    assert "3 dossiers sont faits." in told
    assert f"{QUEUE}?motif=etudiant" in targets(told)
    assert "3 applications" in desk.get(answer.location.replace("/fr/", "/en/")).text


def test_who_came_before_is_told_and_the_others_are_done(
    desk: PageClient, three: list[Dossier], clock: Clock
) -> None:
    ticks = [pick(dossier) for dossier in three]
    before = member(name="S. Marchand")
    instruction.take(three[0], Act(before, clock(), dossier_view.last_move(three[0].id)))
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == three[1].id).execute()
    told = desk.get(perform(desk, "take", *ticks).location).text
    left = told.split('id="laisses"')[1].split("</section>")[0]
    assert three[0].reference in left
    assert "S. Marchand prend le dossier" in left
    assert three[1].reference not in told  # another service's by now
    assert "1 dossier n’est plus de votre service." in left
    assert "1 dossier est fait." in told
    assert states(three) == [State.IN_REVIEW, State.FILED, State.IN_REVIEW]


def test_cards_are_announced_at_one_place_each_at_its_own_price(
    desk: PageClient, three: list[Dossier], clock: Clock
) -> None:
    moved(three, State.IN_PRODUCTION)
    blank = perform(desk, "announce", *map(pick, three), place=" ")
    assert blank.status_code == 422
    assert 'id="place-error"' in blank.text
    assert states(three) == [State.IN_PRODUCTION] * 3
    perform(desk, "announce", *map(pick, three), place="Guichet 4, le matin")
    assert states(three) == [State.CARD_AVAILABLE] * 3
    fees = [attestations.fee_of(dossier, factories.today(clock())) for dossier in three]
    assert [Dossier.get_by_id(dossier.id).card for dossier in three] == [
        {"place": "Guichet 4, le matin", "amount": fee} for fee in fees
    ]
    assert Notice.select().where(Notice.kind == "card_available").count() == 3


def test_a_card_without_its_photo_is_left_and_said(desk: PageClient, three: list[Dossier]) -> None:
    moved(three, State.FAVOURABLE)
    PhotoCode.update(state="never_arrived").where(PhotoCode.dossier == three[1]).execute()
    answer = perform(desk, "produce", *map(pick, three))
    assert states(three) == [State.IN_PRODUCTION, State.FAVOURABLE, State.IN_PRODUCTION]
    assert "Son e-photo n’est pas arrivée" in desk.get(answer.location).text


def test_handed_over_at_once(desk: PageClient, three: list[Dossier]) -> None:
    perform(desk, "hand_over", *map(pick, moved(three, State.CARD_AVAILABLE)))
    assert states(three) == [State.HANDED_OVER] * 3


def test_what_is_not_possible_is_said_before_and_never_done(desk: PageClient, three: list[Dossier]) -> None:
    moved(three[:1], State.CLOSED)
    asked = desk.get(page("take", *map(pick, three))).text
    assert three[0].reference in asked.split('id="laisses"')[1].split("</section>")[0]
    told = desk.get(perform(desk, "take", *map(pick, three)).location).text
    assert "Cet acte n’est pas possible dans l’état de ce dossier." in unescape(told)
    assert states(three) == [State.CLOSED, State.IN_REVIEW, State.IN_REVIEW]


def test_a_supervisor_assigns_many_and_an_agent_does_not(
    desk: PageClient, chief: PageClient, three: list[Dossier]
) -> None:
    to = member(name="S. Marchand")
    perform(desk, "assign", *map(pick, three), to=str(to.id))
    assert Event.select().where(Event.action == "assign").count() == 0
    assert 'value="assign"' not in desk.get(QUEUE).text
    assert 'value="assign"' in chief.get(QUEUE).text
    perform(chief, "assign", *map(pick, three), to=str(to.id))
    perform(chief, "assign", *map(pick, three), to=str(to.id))  # theirs already: nothing for the history
    assert {Dossier.get_by_id(dossier.id).agent_id for dossier in three} == {to.id}
    assert Event.select().where(Event.action == "assign").count() == 3


@pytest.mark.parametrize("to", ["", "0", "x", "elsewhere"])
def test_a_wrong_colleague_is_told_beside_the_field_and_nothing_is_done(
    chief: PageClient, dossier: Dossier, to: str
) -> None:
    stranger: Agent = factories.agent(factories.service("75", "Paris"))
    answer = perform(chief, "assign", pick(dossier), to=str(stranger.id) if to == "elsewhere" else to)
    assert answer.status_code == 422
    assert 'id="to-error"' in answer.text
    assert f'value="{pick(dossier)}" checked' in answer.text
    assert Dossier.get_by_id(dossier.id).agent_id is None


def test_who_never_came_in_is_given_nothing_and_said_so(
    desk: PageClient, chief: PageClient, dossier: Dossier
) -> None:
    invited = member(name="J. Petit", password_hash="")
    assert "J. Petit" not in chief.get(address(dossier, "assign")).text
    assert perform(chief, "assign", pick(dossier), to=str(invited.id)).status_code == 422
    assert act(chief, dossier, "assign", to=str(invited.id)).status_code == 422
    Dossier.update(agent=invited).where(Dossier.id == dossier.id).execute()
    for page in (desk.get(QUEUE).text, desk.get(address(dossier)).text):
        assert "invité, jamais connecté" in page


@pytest.mark.parametrize("tick", ["", "x", "1", "1.", "99999999999.1", "1.99999999999999999999", "١.٢"])
def test_a_strange_tick_is_none(desk: PageClient, dossier: Dossier, tick: str) -> None:
    answer = desk.get(page("take", tick))
    assert answer.status_code == 422
    assert "Cochez au moins un dossier de la liste." in answer.text
    assert 'href="#dossiers"' in answer.text
    assert desk.post(page("take", tick), {"dossiers": tick}).status_code == 422


@pytest.mark.parametrize("action", ["refuse", "approve", "x", ""])
def test_only_declared_acts_are_done_on_many(desk: PageClient, dossier: Dossier, action: str) -> None:
    assert action not in {batch.key for batch in BATCHES}
    assert desk.get(page(action, pick(dossier))).status_code == 404


@pytest.mark.parametrize(
    "query", ["acte=take", "acte=take&faits=x,1,&restes=1z,99999999999c,7c&liste=//evil"]
)
def test_a_result_typed_by_hand_tells_nothing(desk: PageClient, query: str) -> None:
    answer = desk.get(f"{BATCH}/fait?{query}")
    assert answer.status_code == 200
    assert "Aucun dossier n’est fait." in answer.text or "n’est plus de votre service" in answer.text

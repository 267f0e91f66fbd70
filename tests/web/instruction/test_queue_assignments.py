"""Dossiers assigned, passed on, taken over, one by one and many at once, as the pages tell it."""

import re

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.storage.models import Agent, Dossier, Event
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import QUEUE, Visitor, act, address, enter, member

ASSIGN = "/fr/agents/confier"


@pytest.fixture
def colleague(dossier: Dossier) -> Agent:
    """Somebody of the same service."""
    return member(name="S. Marchand")


@pytest.fixture
def head(visitor: Visitor, dossier: Dossier, clock: Clock) -> PageClient:
    """The supervisor of Lyon, signed in."""
    return enter(visitor(), member(rank="supervisor", name="N. Bertin"), clock)


def holder(dossier: Dossier) -> int | None:
    """Who has it."""
    return Dossier.get_by_id(dossier.id).agent_id


def pick(dossier: Dossier) -> str:
    """What the box of a line holds."""
    return f"{dossier.id}.{dossier_view.last_move(dossier.id)}"


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_passed_on_with_a_word_that_the_colleague_reads(
    desk: PageClient, visitor: Visitor, dossier: Dossier, colleague: Agent, clock: Clock, lang: str
) -> None:
    act(desk, dossier, "take")
    assert "Passer le dossier" in desk.get(address(dossier)).text
    note = "Pièce promise <b>lundi</b>."
    assert act(desk, dossier, "pass_on", to=str(colleague.id), reason=note).status_code == 303
    page = desk.get(f"{address(dossier)}?fait=pass_on").text
    assert "Le dossier est passé à votre collègue." in page
    assert "C. Perrin passe le dossier à S. Marchand" in page
    theirs = enter(visitor(), colleague, clock)
    told = theirs.get(f"/{lang}/agents/").text
    assert ("C. Perrin passe le dossier" if lang == "fr" else "C. Perrin hands over the application") in told
    assert "Pièce promise &lt;b&gt;lundi" in told
    space = visitor().sign_in(dossier.account).get(f"/fr/suivi/{dossier.reference}").text
    assert "lundi" not in space


def test_taken_over_and_told(
    desk: PageClient, visitor: Visitor, dossier: Dossier, colleague: Agent, clock: Clock, agent: Agent
) -> None:
    act(desk, dossier, "take")
    theirs = enter(visitor(), colleague, clock)
    page = theirs.get(address(dossier)).text
    assert "Reprendre le dossier" in page
    assert "Passer le dossier" not in page
    assert "Confier le dossier" not in page
    assert act(theirs, dossier, "claim").status_code == 303
    assert holder(dossier) == colleague.id
    assert "S. Marchand reprend le dossier de C. Perrin" in desk.get(QUEUE).text
    assert act(desk, dossier, "pass_on", to=str(colleague.id)).status_code == 409
    assert "Reprendre" in desk.get(address(dossier)).text


@pytest.mark.parametrize("to", ["", "0", "x", "9" * 30, "elsewhere", "closed", "himself"])
def test_who_cannot_have_it_is_told_beside_the_field(
    desk: PageClient, dossier: Dossier, agent: Agent, to: str
) -> None:
    act(desk, dossier, "take")
    made = {
        "elsewhere": lambda: factories.agent(factories.service("75", "Paris")).id,
        "closed": lambda: factories.agent(active=False).id,
        "himself": lambda: agent.id,
    }
    chosen = str(made[to]()) if to in made else to
    answer = act(desk, dossier, "pass_on", to=chosen, reason="Un mot gardé.")
    assert answer.status_code == 422
    assert 'id="to-error"' in answer.text
    assert "Un mot gardé." in answer.text
    assert holder(dossier) == agent.id


def test_a_colleague_who_leaves_meanwhile_is_told(
    desk: PageClient, dossier: Dossier, colleague: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    act(desk, dossier, "take")
    monkeypatch.setattr("app.storage.people.agents.colleague", lambda service_id, agent_id: None)
    answer = act(desk, dossier, "pass_on", to=str(colleague.id))
    assert answer.status_code == 422
    assert "n’est plus de votre service" in answer.text


def test_a_supervisor_assigns_and_an_agent_does_not(
    desk: PageClient, head: PageClient, dossier: Dossier, colleague: Agent
) -> None:
    assert desk.get(address(dossier, "assign")).status_code == 409
    assert act(desk, dossier, "assign", to=str(colleague.id)).status_code == 409
    assert act(head, dossier, "assign", to=str(colleague.id)).status_code == 303
    row = Dossier.get_by_id(dossier.id)
    assert (row.state, row.agent_id) == (State.FILED, colleague.id)
    assert "N. Bertin confie le dossier à S. Marchand" in head.get(address(dossier)).text


# Many at once


def test_only_supervisors_tick(
    desk: PageClient, head: PageClient, dossier: Dossier, colleague: Agent
) -> None:
    assert 'name="dossiers"' not in desk.get(QUEUE).text
    data = {"dossiers": pick(dossier), "to": str(colleague.id)}
    assert desk.post(ASSIGN, data).status_code == 403
    page = head.get(f"{QUEUE}?motif=etudiant").text
    assert f'value="{pick(dossier)}"' in page
    assert 'action="/fr/agents/confier?motif=etudiant"' in page
    assert holder(dossier) is None


def test_the_ticked_go_and_those_moved_meanwhile_are_named(
    head: PageClient, dossier: Dossier, colleague: Agent
) -> None:
    moved = factories.filed()
    ticked = [pick(dossier), pick(moved)]
    other = member()
    from app.services.decisions import instruction
    from tests.services.decisions.test_instruction import by

    instruction.take(moved, by(other, moved))
    head.get(QUEUE)
    answer = head.post(f"{ASSIGN}?motif=etudiant", {"dossiers": ticked, "to": str(colleague.id)})
    assert answer.status_code == 303
    assert "motif=etudiant" in answer.location
    page = head.get(answer.location).text
    assert "1 dossier confié à S. Marchand." in page
    result = page.split('role="status"')[1].split("</div>")[0]
    assert moved.reference in result
    assert dossier.reference not in result
    assert (holder(dossier), holder(moved)) == (colleague.id, other.id)
    english = head.get(answer.location.replace("/fr/", "/en/")).text
    assert "1 application did not change: somebody was there before you." in english


def test_what_is_missing_is_said_and_ticks_stay(head: PageClient, dossier: Dossier, colleague: Agent) -> None:
    head.get(QUEUE)
    unticked = head.post(ASSIGN, {"to": str(colleague.id)})
    assert unticked.status_code == 422
    assert 'href="#dossiers"' in unticked.text
    assert f'<option value="{colleague.id}" selected>' in unticked.text
    nobody = head.post(ASSIGN, {"dossiers": pick(dossier)})
    assert nobody.status_code == 422
    assert 'id="to-error"' in nobody.text
    assert re.search(rf'value="{pick(dossier)}"[^>]*checked', nobody.text)
    assert head.get(f"{ASSIGN}?motif=etudiant").location == f"{QUEUE}?motif=etudiant"
    assert Event.select().where(Event.action == "assign").count() == 0


@pytest.mark.parametrize(
    "tick", ["", "x", "1", "1.", "99999999999.1", "1.99999999999999999999", "\x00", "١.٢"]
)
def test_a_strange_tick_is_none(head: PageClient, dossier: Dossier, colleague: Agent, tick: str) -> None:
    head.get(QUEUE)
    assert head.post(ASSIGN, {"dossiers": tick, "to": str(colleague.id)}).status_code == 422


def test_a_colleague_of_another_service_is_told_beside_the_field(
    app: Flask, head: PageClient, dossier: Dossier
) -> None:
    stranger = factories.agent(factories.service("75", "Paris"))
    head.get(QUEUE)
    answer = head.post(ASSIGN, {"dossiers": pick(dossier), "to": str(stranger.id)})
    assert answer.status_code == 422
    assert 'id="to-error"' in answer.text
    assert holder(dossier) is None


def test_the_result_tells_nothing_of_another_service(
    head: PageClient, dossier: Dossier, colleague: Agent
) -> None:
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == dossier.id).execute()
    page = head.get(f"{QUEUE}?confies=0&to={colleague.id}&restes={dossier.id},{'9' * 40}").text
    assert "1 dossier n’a pas changé" in page
    assert dossier.reference not in page

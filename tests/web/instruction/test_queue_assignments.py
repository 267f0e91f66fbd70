"""Dossiers assigned, passed on, taken over, one by one and many at once, as the pages tell it."""

import pytest

from app.domain.dossiers.states import State
from app.storage.models import Agent, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import QUEUE, Visitor, act, address, enter, member


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


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_passed_on_with_a_word_that_the_colleague_reads(
    desk: PageClient, visitor: Visitor, dossier: Dossier, colleague: Agent, clock: Clock, lang: str
) -> None:
    act(desk, dossier, "take")
    assert "Confier à un collègue" in desk.get(address(dossier)).text
    note = "Pièce promise <b>lundi</b>."
    assert act(desk, dossier, "pass_on", to=str(colleague.id), reason=note).status_code == 303
    page = desk.get(f"{address(dossier)}?fait=pass_on").text
    assert "Votre collègue a maintenant le dossier." in page
    assert "C. Perrin confie le dossier à S. Marchand, son collègue" in page
    theirs = enter(visitor(), colleague, clock)
    told = theirs.get(f"/{lang}/agents/").text
    assert ("C. Perrin confie le dossier" if lang == "fr" else "C. Perrin gives the application") in told
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
    assert "Confier à un collègue" not in page
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

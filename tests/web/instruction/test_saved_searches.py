"""Searches kept under a name: among the lists with their count, renamed, forgotten, one's own."""

import pytest

from app.services.staff import saved_searches
from app.storage.models import Agent, Dossier, SavedView
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import QUEUE, Visitor, enter, member
from tests.web.instruction.test_queue_search import links

KEEP = "/fr/agents/recherches/garder"
KEPT = "/fr/agents/recherches"
SEARCH = "vue=a-prendre&motif=etudiant&hors-delai=1"


@pytest.fixture
def late(dossier: Dossier) -> Dossier:
    """A dossier filed out of time."""
    Dossier.update(in_time=False).where(Dossier.id == dossier.id).execute()
    return dossier


def keep(client: PageClient, name: str, query: str = SEARCH) -> int:
    """Keep a search; the status of the answer."""
    client.get(f"{KEEP}?{query}")
    return int(client.post(f"{KEEP}?{query}", {"name": name}).status_code)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_kept_found_renamed_and_forgotten(desk: PageClient, late: Dossier, agent: Agent, lang: str) -> None:
    page = desk.get(f"/{lang}/agents/?{SEARCH}").text
    offered = links(page)["Garder cette recherche" if lang == "fr" else "Keep this search"]
    assert ("Déposé hors délai" if lang == "fr" else "Submitted late") in desk.get(offered).text
    answer = desk.post(offered, {"name": "  Mes étudiants <en> retard "})
    assert answer.status_code == 303
    page = desk.get(answer.location).text
    assert '<bdi translate="no">Mes étudiants &lt;en&gt; retard</bdi>' in page
    found = desk.get(f"/{lang}/agents/").text
    assert "Mes étudiants &lt;en&gt; retard 1" in links(found)
    kept = SavedView.get()
    assert (kept.agent_id, kept.query) == (
        agent.id,
        {"vue": "a-prendre", "motif": "etudiant", "hors-delai": "1"},
    )
    one = f"/{lang}/agents/recherches/{kept.id}"
    assert one in desk.get(f"/{lang}/agents/recherches").text
    desk.get(one)
    assert desk.post(one, {"name": "En retard"}).status_code == 303
    assert "En retard 1" in links(desk.get(f"/{lang}/agents/").text)
    desk.get(one)
    assert desk.post(f"{one}/supprimer").status_code == 303
    assert "En retard" not in desk.get(f"/{lang}/agents/").text
    assert desk.get(one).status_code == 404


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "\x00"])
def test_a_name_that_is_none_is_told(desk: PageClient, name: str) -> None:
    assert keep(desk, name) == 422
    assert SavedView.select().count() == 0


def test_a_name_serves_once(desk: PageClient, visitor: Visitor, clock: Clock) -> None:
    assert (keep(desk, "En retard"), keep(desk, "En retard"), keep(desk, "Autre")) == (303, 422, 303)
    other = SavedView.get(SavedView.name == "Autre")
    address = f"{KEPT}/{other.id}"
    desk.get(address)
    assert desk.post(address, {"name": "En retard"}).status_code == 422
    assert desk.post(address, {"name": "Autre"}).status_code == 303
    assert keep(enter(visitor(), member(), clock), "En retard") == 303


def test_twelve_at_most(desk: PageClient) -> None:
    assert [keep(desk, f"Liste {place}") for place in range(saved_searches.MOST + 1)] == [
        303
    ] * saved_searches.MOST + [422]
    answer = desk.post(f"{KEEP}?{SEARCH}", {"name": "Une de trop"})
    assert "Supprimez-en une d’abord" in answer.text
    assert "Une de trop" in answer.text
    assert SavedView.select().count() == saved_searches.MOST


def test_a_colleague_s_search_does_not_exist(desk: PageClient, visitor: Visitor, clock: Clock) -> None:
    keep(desk, "En retard")
    kept = SavedView.get()
    colleague = enter(visitor(), member(), clock)
    assert "En retard" not in colleague.get(QUEUE).text
    colleague.get(QUEUE)
    for path in (f"{KEPT}/{kept.id}", f"{KEPT}/{kept.id}/supprimer"):
        assert colleague.post(path, {"name": "Volée"}).status_code == 404
    assert colleague.get(f"{KEPT}/{kept.id}").status_code == 404
    assert SavedView.get().name == "En retard"


def test_what_is_kept_is_what_can_be_asked(desk: PageClient) -> None:
    assert (
        keep(desk, "Étrange", "vue=x&etat=draft&motif=ghost&fin=12&agent=9999999999&_external=1&lang=en")
        == 303
    )
    assert SavedView.get().query == {}
    SavedView.update(query={"vue": "ghost", "motif": "closed", "fin": "7"}).execute()
    assert desk.get(QUEUE).status_code == 200  # a procedure may close while a search names it

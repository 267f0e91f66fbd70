"""What an agent looks for: in the address, told and removed one by one, over several pages, light enough."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from app.storage.models import Agent, Dossier, Event
from app.storage.review import queue, search
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import QUEUE, Visitor, enter, member

TODAY = factories.today()
# What real names are like, the longest first.
NAMES = (
    ("Raghunathan Venkataraghavan", "Meenakshi Sundaralakshmi Padmavathi"),
    ("Rakotomalala Andriamampianina", "Herinirina Fanomezantsoa"),
    ("O’Sullivan-Baptiste", "Marguerite Éléonore"),
    ("Παπαδοπούλου-Κωνσταντινίδη", "Ελένη Αικατερίνη"),
)


def links(page: str) -> dict[str, str]:
    """Every link of a page, by its words."""
    found = re.findall(r'<a [^>]*?href="([^"]+)"[^>]*>(.*?)</a>', page, re.S)
    return {
        " ".join(re.sub(r"<[^>]+>", " ", words).split()): href.replace("&amp;", "&") for href, words in found
    }


def test_filters_are_seen_and_removed_one_by_one(desk: PageClient, dossier: Dossier) -> None:
    Dossier.update(in_time=False, rights_end=TODAY + timedelta(days=9)).where(
        Dossier.id == dossier.id
    ).execute()
    address = f"{QUEUE}?vue=a-prendre&motif=etudiant&fin=30&hors-delai=1&agent=0&q=nguyen"
    page = desk.get(address).text
    assert dossier.reference in page
    on = {words: href for words, href in links(page).items() if "retirer ce filtre" in words}
    assert len(on) == 5
    for words, href in on.items():
        assert "vue=a-prendre" in href
        without = desk.get(href).text
        assert dossier.reference in without
        assert words not in links(without)
    assert dossier.reference not in desk.get(f"{address}&repondu=1").text
    assert links(page)["Tout retirer"] == f"{QUEUE}?vue=a-prendre"
    assert "Rights" not in page
    english = desk.get(address.replace("/fr/", "/en/")).text
    assert "End of rights: 30 days or less" in english


def test_what_the_address_holds_is_what_the_form_shows(desk: PageClient) -> None:
    page = desk.get(f"{QUEUE}?fin=7&hors-delai=1&repondu=1&arrive=1&agent=0&etat=filed").text
    for field in ("hors-delai", "repondu", "arrive"):
        assert re.search(rf'name="{field}" value="1" checked', page)
    assert re.search(r'<option value="7" selected>', page)
    assert "checked" not in desk.get(QUEUE).text


@pytest.mark.parametrize("query", ["fin=x", "fin=%00", "fin=8", "hors-delai=", "avant=x", "confies=1&to=x"])
def test_a_strange_filter_is_none(desk: PageClient, dossier: Dossier, query: str) -> None:
    page = desk.get(f"{QUEUE}?{query}").text
    assert dossier.reference in page
    assert "retirer ce filtre" not in page


def test_lists_say_how_many_they_hold(desk: PageClient, dossier: Dossier, agent: Agent) -> None:
    Dossier.update(agent=factories.agent(active=False, name="Parti Hier")).where(
        Dossier.id == dossier.id
    ).execute()
    page = desk.get(f"{QUEUE}?vue=sans-agent").text
    shown = links(page)
    assert {"Tout le service 1", "Les miens 0", "Sans agent 1"} <= shown.keys()
    assert "agent parti" in page
    assert dossier.reference in page


def test_pages_keep_the_search_both_ways(desk: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 1)
    references = sorted([str(Dossier.get().reference), *(str(factories.filed().reference) for _ in range(2))])
    page, seen = desk.get(f"{QUEUE}?motif=etudiant&fin=&hors-delai=").text, []
    while True:
        seen += [reference for reference in references if f"/dossiers/{reference}" in page]
        if "Suivants" not in links(page):
            break
        following = links(page)["Suivants"]
        assert "motif=etudiant" in following
        page = desk.get(following).text
    assert seen == references
    back = desk.get(links(page)["Précédents"]).text
    assert references[1] in back
    first = desk.get(links(back)["Premiers"]).text
    assert references[0] in first
    assert "Précédents" not in links(first)


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_hundred_lines_weigh_less_than_120_kilobytes(
    app: Flask, dossier: Dossier, visitor: Visitor, clock: Clock, lang: str
) -> None:
    supervisor = member(rank="supervisor", name="Marie-Bénédicte Vandenbroucke-Delahaye")
    copied = {field.name: getattr(dossier, field.name) for field in Dossier.fields_without("id", "reference")}
    for place in range(100):
        surname, given = NAMES[place % len(NAMES)]
        person = dossier.identity | {"surname": surname, "given_names": given, "nationality": "MDG"}
        changes = {"identity": person, "agent": supervisor, "reference": f"69-2-2026-{place:06d}-2"}
        row = Dossier.create(**copied | changes | {"rights_end": TODAY + timedelta(days=place)})
        Event.create(dossier=row, action="submit", role="applicant", at=NOON)
        search.index(row.id, row.service_id, {"nguyen"})
    desk = enter(visitor(), supervisor, clock)
    answer = desk.get(f"/{lang}/agents/?fin=&motif=etudiant&q=nguyen")
    assert answer.text.count('class="who"') == 100
    assert len(answer.data) < 120_000

"""The texts of a service's letters, for its supervisors: mistakes told, looked at, saved, taken up again."""

import pytest

from app.domain.dossiers.decision_letters import DEFAULTS
from app.domain.dossiers.decisions import Outcome
from app.services.decisions import letter_templates
from app.storage.models import DecisionLetter, Dossier, LetterTemplate
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, act, enter, member

LANGS = ["fr", "en"]
TEMPLATE = "/{lang}/agents/modeles/{kind}"
OWN = DEFAULTS[Outcome.UNFAVOURABLE] + "\n\nBon courage."


@pytest.mark.parametrize("lang", LANGS)
def test_a_mistake_is_told_beside_the_field_and_nothing_is_lost(chief: PageClient, lang: str) -> None:
    place = TEMPLATE.format(lang=lang, kind="defavorable")
    assert "{voies_de_recours}" in chief.get(place).text
    for text, told in (
        (OWN.replace("{voies_de_recours}", ""), "{voies_de_recours}"),
        (OWN + "{noms}", "{noms}"),
    ):
        for button in ({}, {"apercu": "1"}, {"papier": "1"}):
            answer = chief.post(place, {"seen": "0", "text": text, **button})
            assert answer.status_code == 422
            assert 'aria-invalid="true"' in answer.text
            assert told in answer.text.split('id="text-error"')[1].split("</p>")[0]
            assert "Bon courage." in answer.text
    assert LetterTemplate.select().count() == 0


@pytest.mark.parametrize(
    "text", ["", "x" * 8001, "\x00", "{" * 4000, "{nom}" * 1500, "<pdf:nextpage>{{ 7*7 }}"]
)
def test_strange_texts_are_told(chief: PageClient, text: str) -> None:
    place = TEMPLATE.format(lang="fr", kind="cloture")
    chief.get(place)
    assert chief.post(place, {"seen": "9" * 40, "text": text}).status_code == 422


@pytest.mark.parametrize("lang", LANGS)
def test_looked_at_before_it_is_kept(chief: PageClient, lang: str) -> None:
    place = TEMPLATE.format(lang=lang, kind="defavorable")
    chief.get(place)
    hostile = OWN + "\n\n<b>{reference}</b> & <pdf:nextpage>"
    shown = chief.post(place, {"seen": "0", "text": hostile, "apercu": "1"})
    assert shown.status_code == 200
    assert "&lt;b&gt;99-2026-000000-0&lt;/b&gt; &amp; &lt;pdf:nextpage&gt;" in shown.text
    assert "SPÉCIMEN" in shown.text
    paper = chief.post(place, {"seen": "0", "text": hostile, "papier": "1"})
    assert paper.mimetype == "application/pdf"
    assert LetterTemplate.select().count() == 0
    assert chief.get(f"{place}/specimen.pdf").data.startswith(b"%PDF")


def test_saved_used_taken_up_again_and_given_up(chief: PageClient, desk: PageClient, taken: Dossier) -> None:
    place = TEMPLATE.format(lang="fr", kind="defavorable")
    chief.get(place)
    assert chief.post(place, {"seen": "0", "text": OWN}).status_code == 303
    assert "Bon courage." in chief.get(f"{place}?fait=1").text
    first = LetterTemplate.get()
    stale = chief.post(place, {"seen": "0", "text": OWN + "\n\nAutre."})
    assert stale.status_code == 409
    assert "H. Vidal a changé ce modèle" in stale.text
    assert "Autre." in stale.text
    act(desk, taken, "refuse", reason="Non.")
    assert DecisionLetter.get().text.replace("\r\n", "\n") == OWN
    assert f"{taken.reference}/lettres/{DecisionLetter.get().id}" in chief.get(place).text
    assert chief.post(f"{place}/origine", {"seen": "0"}).status_code == 409
    assert chief.post(f"{place}/origine", {"seen": str(first.id)}).status_code == 303
    assert "Bon courage." not in chief.get(place).text
    assert "Bon courage." in chief.get(f"{place}?version={first.id}").text
    assert "Bon courage." not in chief.get(f"{place}?version=9999999999999999999999").text
    for lang in LANGS:
        assert "H. Vidal" in chief.get(f"/{lang}/agents/modeles/defavorable").text
        assert chief.get(f"/{lang}/agents/modeles").status_code == 200


def test_for_supervisors_of_the_service_only(
    desk: PageClient, visitor: Visitor, chief: PageClient, clock: Clock
) -> None:
    assert "/agents/modeles" not in desk.get("/fr/agents/").text
    assert "/agents/modeles" in chief.get("/fr/agents/").text
    for place in ("modeles", "modeles/cloture", "modeles/cloture/specimen.pdf"):
        assert desk.get(f"/fr/agents/{place}").status_code == 403
        assert visitor().get(f"/fr/agents/{place}").status_code in (302, 303)
    assert desk.post("/fr/agents/modeles/cloture/origine", {"seen": "0"}).status_code == 403
    assert chief.get("/fr/agents/modeles/autre").status_code == 404
    paris = member(factories.service("75", "Paris"), rank="supervisor")
    letter_templates.save(Outcome.UNFAVOURABLE, OWN, 0, paris, clock())
    version = LetterTemplate.get().id
    assert "Bon courage." not in chief.get(f"/fr/agents/modeles/defavorable?version={version}").text


def test_letters_of_another_service_are_not_listed(
    visitor: Visitor, desk: PageClient, taken: Dossier, clock: Clock
):
    act(desk, taken, "refuse", reason="Non.")
    paris = enter(visitor(), member(factories.service("75", "Paris"), rank="supervisor"), clock)
    assert taken.reference not in paris.get("/fr/agents/modeles/defavorable").text

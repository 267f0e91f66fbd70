"""What an agent does, as the pages tell it."""

import re

import pytest
from flask import Flask

from app.domain.dossiers.complements import REASONS
from app.domain.dossiers.states import State
from app.storage.models import Agent, ComplementItem, Dossier, Event, Notice
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, act, address, enter, member


def test_from_filing_to_hand_over(desk: PageClient, dossier: Dossier, agent: Agent) -> None:
    assert act(desk, dossier, "take").status_code == 303
    assert "Vous avez pris le dossier" in desk.get(f"{address(dossier)}?fait=take").text
    assert act(desk, dossier, "ask", ask="passport", passport_reason="illegible").status_code == 303
    page = desk.get(f"{address(dossier)}?piece=passport").text
    assert REASONS[0].hint in page
    assert "illegible" not in re.sub("<[^>]+>", "", page), "the key is no word of the page"
    assert "This document cannot be read" in desk.get(f"{address(dossier, lang='en')}?piece=passport").text
    Dossier.update(state=str(State.COMPLEMENT_RECEIVED)).where(Dossier.id == dossier.id).execute()
    assert act(desk, dossier, "approve").status_code == 303
    announce = desk.get(address(dossier, "announce")).text
    assert "1 place du Test, Lyon" in announce
    assert 'value="100"' in announce
    done = act(desk, dossier, "announce", place="Guichet 4", amount="120,50")
    assert done.status_code == 303
    assert Dossier.get_by_id(dossier.id).card == {"place": "Guichet 4", "amount": 12_050}
    assert act(desk, dossier, "hand_over").status_code == 303
    row = Dossier.get_by_id(dossier.id)
    assert (row.state, row.agent_id) == (State.HANDED_OVER, agent.id)
    assert desk.get(f"{address(dossier)}?fait=hand_over").status_code == 200


def test_a_request_without_a_reason_keeps_what_was_typed(desk: PageClient, dossier: Dossier) -> None:
    act(desk, dossier, "take")
    words = "Le tampon d’entrée est coupé."
    answer = act(
        desk, dossier, "ask", ask=["passport", "enrolment"], passport_reason="", passport_words=words
    )
    assert answer.status_code == 422
    assert words in answer.text
    assert len(re.findall(r'name="ask"[^>]*checked|checked[^>]*name="ask"', answer.text)) == 2
    assert act(desk, dossier, "ask").status_code == 422
    own = act(desk, dossier, "ask", ask="passport", passport_reason="other")
    assert own.status_code == 422
    assert "doit savoir quoi faire" in own.text
    assert act(desk, dossier, "ask", ask="ghost", ghost_reason="illegible").status_code == 422
    assert ComplementItem.select().count() == 0
    assert Dossier.get_by_id(dossier.id).state == State.IN_REVIEW


def test_own_words_reach_the_applicant_as_written(desk: PageClient, dossier: Dossier) -> None:
    act(desk, dossier, "take")
    act(
        desk,
        dossier,
        "ask",
        ask="passport",
        passport_reason="other",
        passport_words="Page 3 à 100 % <b>lisible</b>, svp.",
    )
    assert ComplementItem.get().reason == "Page 3 à 100 % <b>lisible</b>, svp."
    assert "100 % &lt;b&gt;lisible" in desk.get(f"{address(dossier)}?piece=passport").text


def test_a_refusal_without_a_reason_is_told_beside_the_field(desk: PageClient, dossier: Dossier) -> None:
    act(desk, dossier, "take")
    answer = act(desk, dossier, "refuse", reason="  ")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert act(desk, dossier, "refuse", reason="x" * 4001).status_code == 422
    assert Dossier.get_by_id(dossier.id).state == State.IN_REVIEW
    assert act(desk, dossier, "refuse", reason="Les études ne sont pas prouvées.").status_code == 303
    assert Notice.get(Notice.kind == "refused").facts == {"reason": "Les études ne sont pas prouvées."}


@pytest.mark.parametrize("amount", ["", "cent", "-5", "99999"])
def test_a_strange_amount_is_told(desk: PageClient, dossier: Dossier, amount: str) -> None:
    Dossier.update(state=str(State.FAVOURABLE)).where(Dossier.id == dossier.id).execute()
    answer = act(desk, dossier, "announce", place="Guichet 4", amount=amount)
    assert answer.status_code == 422
    assert "Guichet 4" in answer.text
    assert Dossier.get_by_id(dossier.id).card is None


def test_the_second_agent_is_told_who_was_faster(
    desk: PageClient, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    seen = str(dossier_view.last_move(dossier.id))
    faster = enter(visitor(), member(name="S. Marchand"), clock)
    assert act(faster, dossier, "take").status_code == 303
    desk.get(address(dossier))
    answer = desk.post(address(dossier, "take"), {"seen": seen})
    assert answer.status_code == 409
    assert "S. Marchand prend le dossier" in answer.text
    assert "13\u00a0h" in answer.text or "12\u00a0h" in answer.text
    assert [event.action for event in Event.select() if event.action == "take"] == ["take"]


def test_an_act_that_the_state_forbids_is_told(desk: PageClient, dossier: Dossier) -> None:
    for action in ("approve", "refuse", "ask", "announce", "hand_over"):
        assert desk.get(address(dossier, action)).status_code == 409
        assert act(desk, dossier, action).status_code == 409
    for action in ("submit", "answer", "nothing"):
        assert desk.get(address(dossier, action)).status_code == 404
        assert act(desk, dossier, action).status_code == 404
    assert Dossier.get_by_id(dossier.id).state == State.FILED


def test_an_act_needs_the_token_of_its_form(app: Flask, desk: PageClient, dossier: Dossier) -> None:
    desk.get(address(dossier))
    desk.token = "forged"
    answer = desk.post(address(dossier, "take"), {"seen": str(dossier_view.last_move(dossier.id))})
    assert answer.status_code == 400
    assert Dossier.get_by_id(dossier.id).state == State.FILED


def test_files_of_several_kinds_are_opened(app: Flask, desk: PageClient, dossier: Dossier) -> None:
    file = factories.document(dossier, "passport", media_type="application/pdf", pages=3, name="a.pdf")
    page = desk.get(f"{address(dossier)}?piece=passport&fichier={file.id}").text
    assert "Ouvrir le PDF (3 pages)" in page
    assert f"/fichiers/{file.id}?page=1" in page


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000, "٣"])
def test_an_act_that_does_not_say_what_it_saw_is_stale(desk: PageClient, dossier: Dossier, seen: str) -> None:
    desk.get(address(dossier))
    assert desk.post(address(dossier, "take"), {"seen": seen}).status_code == 409
    assert Dossier.get_by_id(dossier.id).state == State.FILED


def test_the_document_of_the_link_is_ticked_after_a_refused_request(
    desk: PageClient, dossier: Dossier
) -> None:
    act(desk, dossier, "take")
    assert act(desk, dossier, "ask", ask="passport", passport_reason="").status_code == 422
    page = desk.get(f"{address(dossier, 'ask')}?piece=enrolment").text
    ticked = re.findall(r'<input[^>]*name="ask"[^>]*value="(\w+)"[^>]*checked', page)
    assert sorted(ticked) == ["enrolment", "passport"]


def test_an_act_that_the_dossier_does_not_allow_says_so(desk: PageClient, dossier: Dossier) -> None:
    page = desk.get(address(dossier, "hand_over"))
    assert page.status_code == 409
    assert "Cet acte n’est pas possible maintenant" in page.text
    assert "entre-temps" not in page.text
    assert "n’a pas été fait" not in page.text, (
        "nothing was tried: the way back leads here after the act was done"
    )
    seen = dossier_view.last_move(dossier.id)
    act(desk, dossier, "take")
    stale = desk.post(address(dossier, "take"), {"seen": str(seen)})
    assert (stale.status_code, "entre-temps" in stale.text) == (409, True)
    assert "n’a pas été fait" in stale.text

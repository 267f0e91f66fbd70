"""Decisions as pages tell them: previewed, taken, read by the person, lettered, come back on; and silence."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.decisions import LAWS, reason
from app.domain.dossiers.states import State
from app.services.decisions.acts import Act
from app.storage.models import Agent, DecisionLetter, Document, Dossier, Event
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import USUAL, Visitor, act, address, enter, member

LANGS = ["fr", "en"]


@pytest.fixture
def applicant(visitor: Visitor, dossier: Dossier) -> PageClient:
    """Whose application it is, signed in."""
    return visitor().sign_in(dossier.account)


def printed(app: Flask, clock: Clock) -> DecisionLetter:
    """The last letter, made."""
    while jobs.run_once(app, clock()):
        pass
    letter: DecisionLetter = DecisionLetter.select().order_by(DecisionLetter.id.desc()).get()
    return letter


def decide(dossier: Dossier, agent: Agent, clock: Clock, verb: Any, *rest: Any) -> None:
    """An act of an agent, without pages."""
    verb(dossier, Act(agent, clock.advance(minutes=1), dossier_view.last_move(dossier.id)), *rest)


@pytest.mark.parametrize("lang", LANGS)
def test_a_grant_is_proposed_checked_and_shown_to_both(
    desk: PageClient, applicant: PageClient, taken: Dossier, lang: str
) -> None:
    form = desk.get(address(taken, "approve", lang)).text
    assert re.search(r'name="starts-day"[^>]*value="11"', form)
    assert "100" in form
    longer = {**USUAL["approve"], "ends-year": "2029"}
    refused = desk.post(
        address(taken, "approve", lang), {"seen": str(dossier_view.last_move(taken.id)), **longer}
    )
    assert refused.status_code == 422
    assert "10/02/2028" in refused.text
    assert 'value="2029"' in refused.text
    assert act(desk, taken, "approve").status_code == 303
    for page in (desk.get(address(taken, lang=lang)).text, applicant.get(f"/{lang}/suivi/").text):
        assert "carte de séjour temporaire, mention «\u00a0étudiant\u00a0»" in page
    owed = {"fr": ("À payer à la remise", "100\u00a0€"), "en": ("To pay when you collect", "€100")}[lang]
    assert all(one in page for one in owed), "the person's page, before the card is there"


def test_who_grants_is_told_what_nobody_has_checked(desk: PageClient, taken: Dossier) -> None:
    form = desk.get(address(taken, "approve")).text
    assert re.search(r"\d documents ne sont pas encore vérifiés", form)
    assert "Vous pouvez décider quand même." in form
    assert "redemander" not in form
    Document.update(removed_at=NOON).where(
        (Document.dossier == taken) & (Document.slot == "passport")
    ).execute()
    assert "1 document est à redemander" in desk.get(address(taken, "approve")).text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("action", ["approve", "refuse", "close"])
def test_a_preview_shows_the_letter_and_decides_nothing(
    desk: PageClient, taken: Dossier, action: str, lang: str
) -> None:
    desk.get(address(taken, action, lang))
    before = Event.select().count()
    fields = {
        "seen": str(dossier_view.last_move(taken.id)),
        **USUAL[action],
        "reason": "Un <b>fait</b> & {nom}.",
    }
    answer = desk.post(address(taken, action, lang), {**fields, "apercu": "1"})
    assert answer.status_code == 200
    assert taken.reference in answer.text
    assert "Pour le préfet, C. Perrin" in answer.text
    if action != "approve":
        assert answer.text.count("Un &lt;b&gt;fait&lt;/b&gt; &amp; {nom}.") == 2, (
            "in the field and in the letter"
        )
        assert "tribunal administratif de Lyon" in answer.text
    assert (Event.select().count(), DecisionLetter.select().count()) == (before, 0)
    assert Dossier.get_by_id(taken.id).state == State.IN_REVIEW
    wrong = desk.post(address(taken, action, lang), {"seen": fields["seen"], "apercu": "1"})
    assert wrong.status_code == 422


def test_what_was_typed_before_a_preview_is_there_on_coming_back(desk: PageClient, taken: Dossier) -> None:
    words = "Les relevés montrent 300 € par mois."
    fields = {"seen": str(dossier_view.last_move(taken.id)), **USUAL["refuse"], "reason": words}
    desk.get(address(taken, "refuse"))
    assert desk.post(address(taken, "refuse"), {**fields, "apercu": "1"}).status_code == 200
    desk.get("/fr/agents/")
    page = desk.get(address(taken, "refuse")).text
    assert words in page
    assert "Rien n’est perdu" in page
    assert desk.post(address(taken, "refuse"), fields).status_code == 303
    assert words not in desk.get("/fr/agents/").text


@pytest.mark.parametrize("lang", LANGS)
def test_a_refusal_is_explained_in_ones_language_with_the_french_beside(
    desk: PageClient, applicant: PageClient, taken: Dossier, lang: str
) -> None:
    words = "Vos ressources sont de 400 € par mois."
    assert act(desk, taken, "refuse", ground="resources", law="", reason=words).status_code == 303
    page = applicant.get(f"/{lang}/suivi/").text
    assert words in page
    assert LAWS["resources"] in page
    assert "www.telerecours.fr" in page
    assert "tribunal administratif de Lyon" in page
    french = reason("resources", "")
    assert french in page, "the law's language stays"
    assert ("below the amount" in page) is (lang == "en")
    assert ("Vous pouvez contester" in page) is (lang == "fr" or 'lang="fr"' in page)


@pytest.mark.parametrize("lang", LANGS)
def test_a_closed_dossier_says_how_to_open_it_again(
    desk: PageClient, applicant: PageClient, taken: Dossier, lang: str
) -> None:
    assert act(desk, taken, "close").status_code == 303
    page = applicant.get(f"/{lang}/suivi/").text
    assert f"/{lang}/aide/ecrire?dossier={taken.reference}" in page or f"dossier={taken.reference}" in page
    assert reason("no_answer", "") in page
    assert applicant.get(f"/{lang}/suivi/demandes").status_code == 200
    seen = str(dossier_view.last_move(taken.id))
    desk.get(address(taken, lang=lang))
    assert desk.post(address(taken, "reopen"), {"seen": seen}).status_code == 422, "the applicant reads why"
    assert act(desk, taken, "reopen", reason="Le certificat est arrivé par la poste.").status_code == 303
    assert Dossier.get_by_id(taken.id).state == State.IN_REVIEW


def test_reopening_a_refusal_is_a_supervisors(
    desk: PageClient, chief: PageClient, applicant: PageClient, taken: Dossier
) -> None:
    act(desk, taken, "refuse", reason="Non.")
    assert "/reopen" not in desk.get(address(taken)).text
    assert act(desk, taken, "reopen").status_code == 409
    assert "/reopen" in chief.get(address(taken)).text
    assert act(chief, taken, "reopen", reason="Un document nouveau.").status_code == 303
    assert "H. Vidal rouvre le dossier" in desk.get(address(taken)).text
    assert "Votre demande est en cours d’instruction" in applicant.get("/fr/suivi/").text


@pytest.mark.parametrize("lang", LANGS)
def test_the_letter_as_page_and_as_paper(
    app: Flask,
    clock: Clock,
    desk: PageClient,
    applicant: PageClient,
    visitor: Visitor,
    taken: Dossier,
    lang: str,
) -> None:
    act(desk, taken, "refuse", reason="Les études ne sont pas prouvées.")
    place = f"/{lang}/suivi/{taken.reference}/lettres/{DecisionLetter.get().id}"
    assert applicant.get(f"{place}.pdf").status_code == 303, "not printed yet"
    assert applicant.get(place).status_code == 200
    letter = printed(app, clock)
    paper = applicant.get(f"{place}.pdf")
    assert paper.mimetype == "application/pdf"
    assert applicant.get(f"{place}.pdf").data == paper.data
    page = applicant.get(place).text
    assert "Les études ne sont pas prouvées." in page
    assert f"{place}.pdf" in page
    beside = f"/{lang}/agents/dossiers/{taken.reference}/lettres/{letter.id}"
    assert "Les études ne sont pas prouvées." in desk.get(beside).text
    pdf = f"/{lang}/agents/dossiers/{taken.reference}/papiers/lettre-{letter.id}.pdf"
    assert desk.get(pdf).data == paper.data
    stranger = visitor().sign_in(factories.account())
    for wrong in (place, f"{place}.pdf", f"/{lang}/suivi/{taken.reference}/lettres/2147483647"):
        assert stranger.get(wrong).status_code == 404
    elsewhere = enter(visitor(), member(factories.service("75", "Paris")), clock)
    for wrong in (beside, pdf):
        assert elsewhere.get(wrong).status_code == 404
    assert visitor().get(place).status_code in (302, 303)


@pytest.mark.parametrize("lang", LANGS)
def test_silence_is_said_before_and_after(
    desk: PageClient, applicant: PageClient, visitor: Visitor, taken: Dossier, clock: Clock, lang: str
) -> None:
    ends = taken.legal_answer_on
    first = (ends + timedelta(days=1)).strftime("%d/%m/%Y")
    assert first in desk.get(address(taken, lang=lang)).text
    assert 'id="silence"' not in applicant.get(f"/{lang}/suivi/").text
    Dossier.update(legal_answer_on=clock().date() - timedelta(days=1)).where(Dossier.id == taken.id).execute()
    page = applicant.get(f"/{lang}/suivi/").text
    assert 'id="silence"' in page
    assert "L.232-4" in page
    assert "tribunal administratif de Lyon" in page
    for words in ("OQTF", "L.411-2"):
        assert words in page, "an obligation to leave may follow silence too"
    assert {"fr": "refus d’enregistrer", "en": "refusal to register"}[lang] in page
    assert clock().date().strftime("%d/%m/%Y") in desk.get(address(taken, lang=lang)).text


def test_the_third_renewal_in_a_row_is_told_and_blocks_nothing(desk: PageClient, taken: Dossier) -> None:
    sentence = "de suite d’une carte temporaire"
    assert sentence not in desk.get(address(taken, "approve")).text
    kept = {"outcome": "favorable", "on": "2025-01-01", "kind": "CST", "mention": "etudiant"}
    kept |= {"starts": "2025-02-11", "ends": "2026-02-10"}
    for place in (1, 2):
        earlier = factories.draft(taken.account, decision=kept, state=str(State.HANDED_OVER))
        Dossier.update(id=-place).where(Dossier.id == earlier.id).execute()
    assert f"renouvellement n° 3 {sentence}" in desk.get(address(taken, "approve")).text
    assert act(desk, taken, "approve").status_code == 303


def test_an_address_changed_without_a_card_is_decided_in_two_clicks(
    desk: PageClient, agent: Agent, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    Dossier.update(journey="domicile", state=str(State.IN_REVIEW), with_card=False).where(
        Dossier.id == dossier.id
    ).execute()
    form = desk.get(address(dossier, "approve")).text
    assert 'name="kind"' not in form
    answer = desk.post(address(dossier, "approve"), {"seen": str(dossier_view.last_move(dossier.id))})
    assert answer.status_code == 303
    row = Dossier.get_by_id(dossier.id)
    assert (row.state, set(row.decision)) == (State.FAVOURABLE, {"outcome", "on"})
    assert "Votre nouvelle adresse est enregistrée." in DecisionLetter.get().values["titre"]
    assert "/produce" not in desk.get(address(dossier)).text

"""A request for documents from the checklist to its answer: marked, asked, more time, answered in part, read."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Visit, photo
from tests.e2e.test_line import act, agent_enters, create_account, file_application

CASES = [("fr", True), ("en", False)]
WHY = "Mon école rouvre le 4 janvier."
LETTER = "Le certificat arrive par courrier : voici pourquoi il manque."


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_asked_from_the_marks_and_answered_in_part(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    reference = file_application(visit, f"AVIS{language:0>18}".upper())
    agent = telephone("fr", scripts, 1280)
    agent_enters(agent, live)
    act(agent, reference, "take")
    check(agent, reference)
    ask_from_marks(agent, reference)
    ask_time(visit)
    agent.open(f"/agents/dossiers/{reference}")
    agent.reads(WHY)
    act(agent, reference, "answer_time", lambda: agent.page.locator('[name="due_days"][value="60"]').check())
    answer_in_part(visit, reference)
    read(agent, reference)


def check(agent: Visit, reference: str) -> None:
    """One click a document, the next one follows; two are wrong."""
    agent.open(f"/agents/dossiers/{reference}?piece=permit")
    for title, word in (
        ("Titre de séjour actuel, recto et verso", "Conforme"),
        ("Passeport", "Illisible"),
    ):
        expect(agent.page.locator("#piece-titre")).to_have_text(title)
        agent.page.locator("#piece").get_by_role("button", name=word, exact=True).click()
    expect(agent.page.locator("#piece-titre")).not_to_have_text("Passeport")
    expect(agent.page.locator("#checked")).to_contain_text(re.compile("2 sur 7"))
    agent.audit()
    agent.open(f"/agents/dossiers/{reference}?piece=enrolment")
    agent.page.locator("#piece").get_by_role("button", name="Trop ancien", exact=True).click()
    expect(agent.page.locator("#checked")).to_contain_text(re.compile("3 sur 7"))
    agent.follow("Agrandir")
    agent.follow("Tourner")
    expect(agent.page.locator(".zoom-150.turn-90")).to_be_visible()
    agent.audit()


def ask_from_marks(agent: Visit, reference: str) -> None:
    """The form is ready: read and send."""
    agent.open(f"/agents/dossiers/{reference}/ask")
    ticked = agent.page.locator('input[name="ask"]:checked')
    assert [one.get_attribute("value") for one in ticked.all()] == ["passport", "enrolment"]
    agent.page.locator("main form button.button").last.click()
    agent.page.wait_for_url(f"**/agents/dossiers/{reference}?*")
    agent.page.locator("#note").fill("À appeler si rien ne vient avant Noël.")
    agent.press("Ajouter la note")
    agent.reads("À appeler si rien ne vient avant Noël.")
    agent.audit()


def ask_time(visit: Visit) -> None:
    """« Il me faut plus de temps »."""
    visit.open("/suivi/")
    visit.follow("Répondre à la demande")
    visit.audit()
    visit.page.locator("details.help summary").first.click()
    visit.page.locator("#reason").fill(WHY)
    visit.press("Demander plus de temps")
    visit.reads("Vous avez demandé" if visit.language == "fr" else "You asked for more time")


def answer_in_part(visit: Visit, reference: str) -> None:
    """One document replaced, a letter for the other; the banner stays on the other pages until it is sent."""
    visit.open(f"/suivi/{reference}/complement")
    visit.attach("passport", photo())
    visit.open(f"/suivi/{reference}/modifier")
    expect(visit.page.locator(".notice.bad")).to_contain_text("1 document")
    visit.open(f"/suivi/{reference}/complement")
    item = visit.page.locator("#enrolment")
    item.locator("details.help summary").last.click()
    item.locator("textarea").fill(LETTER)
    item.get_by_role("button", name=visit.say("Enregistrer l’explication")).click()
    expect(visit.page.locator("#enrolment")).to_contain_text(LETTER)
    visit.audit()
    visit.open(f"/suivi/{reference}/modifier")
    expect(visit.page.locator(".notice.bad")).to_be_visible()
    visit.open(f"/suivi/{reference}/complement")
    visit.press("Envoyer ma réponse")
    visit.sees("Votre réponse est reçue, l’instruction continue")
    visit.open(f"/suivi/{reference}/modifier")
    expect(visit.page.locator(".notice.bad")).to_have_count(0)


def read(agent: Visit, reference: str) -> None:
    """Item by item, beside what was there before."""
    agent.open(f"/agents/dossiers/{reference}")
    for words in ("Remplacé", "Expliqué", "À revérifier"):
        agent.reads(words)
    agent.follow("Comparer")
    expect(agent.page.locator("img.page")).to_have_count(2)
    agent.audit()
    agent.open(f"/agents/dossiers/{reference}?piece=enrolment")
    agent.reads(LETTER)

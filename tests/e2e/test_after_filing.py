"""After filing: an answer corrected, more time asked for, a request answered, an application withdrawn."""

import pytest
from playwright.sync_api import expect

from tests.e2e.pages import Visit, photo
from tests.e2e.test_line import act, agent_enters, ask_for, create_account, file_application
from tests.on_offer import STUDENT_RENEWAL

PERSONAL = STUDENT_RENEWAL.steps[0]
CASES = [("fr", True), ("en", False)]
NEW_ADDRESS, WHY = "31 rue du Professeur-Rochaix", "Mon consulat rend le passeport le 12 janvier."


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_corrected_answered_and_withdrawn(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    reference = file_application(visit, f"CORRIGE{language:0>15}".upper())
    correct(visit)
    agent = telephone("fr", True, 1280)
    agent_enters(agent, live)
    agent.open(f"/agents/dossiers/{reference}")
    expect(agent.page.locator("ins").first).to_contain_text(NEW_ADDRESS)
    act(agent, reference, "take")
    act(agent, reference, "ask", lambda: ask_for(agent, "passport"))
    ask_time(visit)
    agent.open(f"/agents/dossiers/{reference}")
    expect(agent.page.locator("main")).to_contain_text(WHY)
    act(agent, reference, "answer_time", lambda: agent.page.locator('[name="due_days"][value="60"]').check())
    answer(visit, reference)
    visit.open(f"/suivi/{reference}/retirer")
    visit.page.locator("#sure").check()
    visit.press("Retirer ma demande")
    visit.sees("Vous avez retiré votre demande")
    visit.audit()


def correct(visit: Visit) -> None:
    """Another address, and a look at the documents."""
    visit.open("/suivi/")
    visit.follow("Corriger, ajouter un document ou retirer la demande")
    visit.audit()
    visit.arrive(visit.page.locator(f'a[href$="/modifier/{PERSONAL.slug}"]'))
    visit.audit()
    visit.page.locator("#address").fill(NEW_ADDRESS)
    visit.press("Enregistrer la correction")
    visit.sees("Modifier ma demande")
    visit.reads(NEW_ADDRESS)
    visit.follow("Ajouter ou remplacer un document")
    visit.audit()


def ask_time(visit: Visit) -> None:
    """« Il me faut plus de temps »."""
    visit.open("/suivi/")
    visit.follow("Répondre à la demande")
    visit.page.locator("details.help summary").first.click()
    visit.page.locator("#reason").fill(WHY)
    visit.press("Demander plus de temps")
    visit.reads("Vous avez demandé" if visit.language == "fr" else "You asked for more time")
    visit.audit()


def answer(visit: Visit, reference: str) -> None:
    """Sent too early, then whole."""
    visit.open(f"/suivi/{reference}/complement")
    visit.press("Envoyer ma réponse")
    visit.sees("Il manque encore :")
    visit.audit()
    visit.attach("passport", photo())
    visit.press("Envoyer ma réponse")
    visit.sees("Votre réponse est reçue, l’instruction continue")

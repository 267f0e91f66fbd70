"""After filing: an answer corrected, more time asked for, a request answered, an application withdrawn."""

import pytest
from playwright.sync_api import expect

from app.domain.procedures.student import STUDENT_RENEWAL
from tests.e2e.pages import photo
from tests.e2e.test_line import act, agent_enters, ask_for, create_account, file_application

PERSONAL = STUDENT_RENEWAL.steps[0]
CASES = [("fr", True), ("en", False)]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_corrected_answered_in_part_and_withdrawn(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    reference = file_application(visit, f"CORRIGE{language:0>15}".upper())
    visit.open("/suivi/")
    visit.follow("Corriger, ajouter un document ou retirer la demande")
    visit.audit()
    visit.arrive(visit.page.locator(f'a[href$="/modifier/{PERSONAL.slug}"]'))
    visit.audit()
    visit.page.locator("#address").fill("31 rue du Professeur-Rochaix")
    visit.press("Enregistrer la correction")
    visit.sees("Modifier ma demande")
    visit.reads("31 rue du Professeur-Rochaix")
    visit.follow("Ajouter ou remplacer un document")
    visit.audit()

    agent = telephone("fr", True, 1280)
    agent_enters(agent, live)
    agent.open(f"/agents/dossiers/{reference}")
    expect(agent.page.locator("ins").first).to_contain_text("31 rue du Professeur-Rochaix")
    act(agent, reference, "take")
    act(agent, reference, "ask", lambda: ask_for(agent, "passport"))

    visit.open("/suivi/")
    visit.follow("Répondre à la demande")
    visit.page.locator("details.help summary").first.click()
    visit.page.locator("#reason").fill("Mon consulat rend le passeport le 12 janvier.")
    visit.press("Demander plus de temps")
    visit.reads("Vous avez demandé" if language == "fr" else "You asked for more time")
    visit.audit()
    agent.open(f"/agents/dossiers/{reference}")
    expect(agent.page.locator("main")).to_contain_text("Mon consulat rend le passeport")
    act(agent, reference, "answer_time", lambda: agent.page.locator('[name="due_days"][value="60"]').check())
    visit.open(f"/suivi/{reference}/complement")
    visit.press("Envoyer ma réponse")
    visit.sees("Il manque une réponse")
    visit.audit()
    visit.attach("passport", photo())
    visit.press("Envoyer ma réponse")
    visit.sees("Votre réponse est reçue, l’instruction continue")

    visit.open(f"/suivi/{reference}/retirer")
    visit.page.locator("#sure").check()
    visit.press("Retirer ma demande")
    visit.sees("Vous avez retiré votre demande")
    visit.audit()

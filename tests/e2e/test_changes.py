"""A move to another département while a renewal is open, and a permit lost less than 90 days before its end."""

import pytest

from tests.answers import ANSWERS
from tests.e2e.test_line import agent_enters, create_account, file_application, send_application
from tests.generated import forms, paths
from tests.on_offer import LOSS, MOVING, STUDENT_RENEWAL

CASES = [("fr", True), ("en", False)]
PARIS = {"postcode": "75017", "commune": "75117", "address": "12 rue des Épinettes", "housing": "tenant"}


@pytest.mark.parametrize(("language", "scripts"), CASES[::-1])
def test_a_move_takes_the_open_renewal_along(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    renewal = file_application(visit, f"DEMENAGE{language:0>14}".upper())
    answers = paths(MOVING)[0] | PARIS | {"moved_on": "2026-11-10", "new_card": "no"}
    move = file_application(visit, "", MOVING, answers)
    visit.open("/suivi/")
    visit.reads(renewal)
    visit.reads("Préfecture de police")
    visit.open("/suivi/demandes")
    visit.reads(move)

    for email, found in (("agent.lyon@exemple.fr", False), ("agent.paris@exemple.fr", True)):
        agent = telephone("fr", True, 1280)
        agent_enters(agent, live, email)
        agent.reads(renewal)
        answer = agent.page.goto(f"/fr/agents/dossiers/{renewal}")
        assert (answer.status == 200) is found


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_a_loss_leads_to_the_renewal(telephone, live, mail_box, language, scripts):
    visit = telephone(language, scripts)
    create_account(visit, live.newcomer(), mail_box)
    answers = paths(LOSS)[0] | {"event": "loss", "loss_words": "Tombé dans le bus 27, un soir de pluie."}
    send_application(visit, "", LOSS, answers)
    visit.page.wait_for_url("**?apres=*")
    lost = visit.page.url.rpartition("=")[2]
    visit.sees(STUDENT_RENEWAL.steps[0].title)
    visit.reads(lost)
    visit.audit()
    assert visit.page.locator("#address").input_value() == answers["address"], "nothing is typed twice"
    renewal = file_application(visit, f"PERDU{language:0>17}".upper(), STUDENT_RENEWAL, ANSWERS)
    visit.open("/suivi/")
    visit.reads(renewal)
    visit.reads(lost)
    assert len(forms(LOSS)) == 2

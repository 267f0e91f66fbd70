"""Two agents at once on one dossier."""

from playwright.sync_api import expect

from tests.e2e.test_line import act, agent_enters, create_account, file_application


def test_two_agents_at_once(telephone, live, mail_box):
    person = telephone("fr")
    create_account(person, live.newcomer(), mail_box)
    reference = file_application(person, "DEUXAGENTS000000000000")
    first, second = telephone("fr", True, 1280), telephone("en", True, 1280)
    agent_enters(first, live, "agent.lyon@exemple.fr")
    agent_enters(second, live, "agent2.lyon@exemple.fr")
    for one in (first, second):
        one.open(f"/agents/dossiers/{reference}/take")
    first.page.locator("main form button.button").last.click()
    first.page.wait_for_url(f"**/agents/dossiers/{reference}*")
    first.reads("C. Perrin (démo) (vous)")
    second.page.locator("main form button.button").last.click()
    second.reads("C. Perrin (démo)")
    expect(second.page.locator("h1")).not_to_contain_text(second.say("Prendre ce dossier ?"))
    second.audit()

    # The second one decides on what the first has just changed: told before, and nothing is done.
    second.open(f"/agents/dossiers/{reference}/refuse")
    act(first, reference, "withhold", lambda: first.page.locator("#reason").fill("Le passeport a expiré."))
    second.page.locator("#reason").fill("Les ressources ne suffisent pas.")
    second.page.locator("main form button.button").last.click()
    second.reads("C. Perrin (démo)")
    second.audit()
    second.open(f"/agents/dossiers/{reference}")
    second.reads(second.say("En instruction"))

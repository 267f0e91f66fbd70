"""Several agents: two at once on one dossier, and a service whose dossiers no other service reaches."""

import re
from contextlib import suppress

from flask import Flask
from playwright.sync_api import expect
from werkzeug.exceptions import MethodNotAllowed

from app.factory import create_app
from app.settings import Settings
from app.web.access.audiences import AUDIENCE, Audience
from tests.crawl import crawl
from tests.e2e.pages import Visit
from tests.e2e.test_line import act, agent_enters, create_account, file_application

_ACTION = re.compile(r'<(?:form|button)[^>]*?(?:form)?action="([^"?]+)')


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


def addresses(visit: Visit) -> set[str]:
    """Every address of the agents' pages that this agent's pages link or send forms to."""
    found: set[str] = set()

    def fetch(address: str) -> str:
        if not address.startswith(f"/{visit.language}/agents"):
            return ""
        found.add(address)
        answer = visit.page.request.get(address)
        if "text/html" not in answer.headers["content-type"]:
            return ""
        text = answer.text()
        found.update(one for one in _ACTION.findall(text) if one.startswith(f"/{visit.language}/agents"))
        return text

    crawl(f"/{visit.language}/agents/", visit.language, fetch, of_each=40)
    return found


def test_no_route_leads_into_another_service(telephone, live):
    own, stranger = telephone("fr", True, 1280), telephone("fr", True, 1280)
    agent_enters(own, live, "agent.lyon@exemple.fr")
    agent_enters(stranger, live, "agent.paris@exemple.fr")
    theirs = {one.split("?")[0] for one in addresses(stranger)}
    app = create_app(Settings())
    named = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if AUDIENCE.get(rule.endpoint) is Audience.AGENT and rule.arguments - {"lang"}
    }
    tried = set()
    token = stranger.page.locator('[name="csrf_token"]').first.input_value()
    for address in sorted({one.split("?")[0] for one in addresses(own)} - theirs):
        places = endpoints_of(app, address) & named
        if not places:
            continue
        tried |= places
        answer = stranger.page.request.get(address)
        assert answer.status in (404, 405), f"{address}: {answer.status}"
        sent = stranger.page.request.post(address, form={"csrf_token": token}, max_redirects=0)
        assert sent.status in (404, 405), f"POST {address}: {sent.status}"
    assert tried == named, f"never tried: {named - tried}"
    shown = stranger.page.goto("/fr/agents/dossiers/" + lyon_reference(own))
    assert shown is not None
    assert shown.status == 404
    stranger.audit()


def endpoints_of(app: Flask, address: str) -> set[str]:
    """Where an address leads: to a page, to what takes its form, or to both."""
    found = set()
    for method in ("GET", "POST"):
        with suppress(MethodNotAllowed):
            found.add(str(app.url_map.bind("localhost").match(address, method=method)[0]))
    return found


def lyon_reference(visit: Visit) -> str:
    """A dossier that the agents of Lyon see."""
    visit.open("/agents/")
    return visit.page.locator("#queue a[href*='/dossiers/']").first.get_attribute("href").split("/")[-1]

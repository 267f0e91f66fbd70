"""Every address that the agents of one service are led to, asked by an agent of another: not there."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask
from werkzeug.exceptions import MethodNotAllowed

from app.storage.models import Agent, Dossier
from app.web.access.audiences import AUDIENCE, Audience
from tests.clients import PageClient
from tests.crawl import crawl, is_paper
from tests.fixtures import Clock
from tests.web.agent_pages import SECRET, enter
from tests.web.appointments.meetings import correction
from tests.web.frame.test_every_page import with_certificate

_ACTION = re.compile(r'<(?:form|button)[^>]*?(?:form)?action="([^"?#]+)')


DOSSIER = re.compile(r"/fr/agents/dossiers/\d{2}-\d{4}-\d{6}-\d")
FILE = re.compile(r".*/fichiers/\d+")


def addresses(client: PageClient, *also: str) -> set[str]:
    """Every address of the agents' pages that this agent's pages, and those of `also`, link or send forms to."""
    found: set[str] = set()

    def fetch(address: str) -> str:
        if not address.startswith("/fr/agents"):
            return ""
        path = address.partition("?")[0]
        found.update((path, f"{path}/papiers/demande.pdf") if DOSSIER.fullmatch(path) else (path,))
        if is_paper(path) or FILE.fullmatch(path):
            return ""
        answer = client.client.get(address)
        if answer.mimetype != "text/html":
            answer.close()
            return ""
        found.update(one for one in _ACTION.findall(answer.text) if one.startswith("/fr/agents"))
        return answer.text

    crawl("/fr/agents/", "fr", fetch, of_each=16, also=(*with_certificate("fr", client), *also))
    return found | {f"{one}/verification" for one in found if FILE.fullmatch(one)}  # asked while a file waits


def endpoints_of(app: Flask, address: str) -> set[str]:
    """Where an address leads: to a page, to what takes its form, or to both."""
    found = set()
    for method in ("GET", "POST"):
        with suppress(MethodNotAllowed):
            found.add(str(app.url_map.bind("localhost").match(address, method=method)[0]))
    return found


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_no_address_leads_into_another_service(
    seeded: Flask, visitor: Callable[[], PageClient], clock: Clock
) -> None:
    Agent.update(totp_secret=SECRET).execute()
    own, stranger = (
        enter(visitor(), Agent.get(Agent.email == f"agent.{town}@exemple.fr"), clock)
        for town in ("lyon", "paris")
    )
    lyon = Agent.get(Agent.email == "agent.lyon@exemple.fr").service
    marked = correction(Dossier.get(Dossier.reference.is_null(False) & (Dossier.service == lyon)))
    theirs = addresses(stranger)
    stranger.get("/fr/agents/")
    named = {
        rule.endpoint
        for rule in seeded.url_map.iter_rules()
        if AUDIENCE.get(rule.endpoint) is Audience.AGENT and rule.arguments - {"lang"}
    }
    tried = set()
    for address in sorted(addresses(own, marked) - theirs):
        places = endpoints_of(seeded, address) & named
        if not places:
            continue
        tried |= places
        assert stranger.client.get(address).status_code in (404, 405), address
        sent = stranger.client.post(address, data={"csrf_token": stranger.token})
        assert sent.status_code in (404, 405), f"POST {address}: {sent.status_code}"
    assert tried == named, f"never tried: {named - tried}"

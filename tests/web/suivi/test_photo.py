"""The e-photo after filing, as its person and their agent see it."""

import json
from pathlib import Path

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.calendar import gateway_retries
from app.settings import Settings
from app.storage.models import Complement, Dossier, Event, PhotoCode
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, act, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

WRONG, RIGHT, OLD = "7K2M9QXA41TBZC83WD6R5O", "7K2M9QXA41TBZC83WD6R5H", "USED000000000000000000"
NEEDED = "Votre e-photo : un autre code est nécessaire"


@pytest.fixture
def dossier(app: Flask, settings: Settings, clock: Clock) -> Dossier:
    """Filed with a wrong code, three days ago."""
    filed = factories.filed(code=WRONG)
    PhotoCode.update(state="not_arrived").execute()
    codes = {
        RIGHT: {"state": "ready", "taken_on": "2026-11-20"},
        OLD: {"state": "used", "taken_on": "2026-11-20"},
    }
    Path(settings.ephoto_url.removeprefix("file:")).write_text(json.dumps(codes), encoding="utf-8")
    return filed


def days_later(app: Flask, clock: Clock) -> None:
    clock.advance(days=3, hours=1)
    gateway_retries.check_photos(app.extensions["gateways"].ephoto, clock())


def test_its_person_is_told_and_gives_another_code(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    client = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}"
    waits = words(client.get(page).text)
    assert "Nous la cherchons jusqu’au" in waits
    assert NEEDED not in waits
    days_later(app, clock)
    client = visitor().sign_in(dossier.account)
    assert NEEDED in words(client.get(page).text)
    assert "rien à faire" not in words(client.get(page).text)
    client.get(f"{page}/photo")
    refused = client.post(f"{page}/photo", {"code": OLD})
    assert refused.status_code == 422
    assert "déjà servi" in refused.text
    assert "code-state" not in refused.text, "the state of one code beside the error of another"
    assert PhotoCode.get().code == WRONG
    assert client.post(f"{page}/photo", {"code": RIGHT}).status_code == 303
    after = words(client.get(f"{page}/photo").text)
    assert "la photo et la signature sont arrivées" in after
    assert 'name="code"' not in client.get(f"{page}/photo").text
    assert client.post(f"{page}/photo", {"code": RIGHT}).status_code == 409
    assert "Donner un autre code" not in client.get(page).text


def test_nobody_sees_the_photo_of_another(visitor: Visitor, dossier: Dossier) -> None:
    stranger = visitor().sign_in(factories.account(factories.identity(foreign_number="9920000177")))
    assert stranger.get(f"/fr/suivi/{dossier.reference}/photo").status_code == 404


def test_a_draft_shows_one_state_at_a_time(visitor: Visitor, dossier: Dossier) -> None:
    draft = factories.complete(
        factories.draft(factories.account(factories.identity(foreign_number="9920000178")))
    )
    client = visitor().sign_in(draft.account)
    page = "/fr/demande/etudiant/justificatifs"
    assert "code-state" in client.get(page).text
    refused = client.post("/fr/demande/etudiant/ephoto", {"code": OLD})
    assert refused.status_code == 422
    assert "code-state" not in refused.text


def asked(client: PageClient, dossier: Dossier) -> None:
    act(client, dossier, "take")
    offered = client.get(address(dossier, "ask")).text
    assert 'value="ephoto" checked' in offered, "proposed, since it never came"
    answer = act(client, dossier, "ask", ask=["ephoto"], ephoto_reason="photo_missing")
    assert answer.status_code == 303, words(answer.text)


def test_its_agent_asks_for_it_and_reads_the_answer(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    days_later(app, clock)
    agent = enter(visitor(), member(dossier.service), clock)
    assert "Jamais arrivée" in agent.get(address(dossier)).text
    asked(agent, dossier)
    client = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}"
    told = client.get(page).text
    assert "<li>Votre e-photo</li>" in told
    assert 'id="ephoto"' not in told, "told once, by the request"
    form = client.get(f"{page}/complement").text
    assert "n’est pas arrivée avec le code donné" in form
    assert client.post(f"{page}/complement/envoyer").status_code == 422
    assert client.post(f"{page}/photo", {"code": RIGHT}).location.endswith("/complement#ephoto")
    assert "Code donné" in client.get(f"{page}/complement").text
    assert client.post(f"{page}/complement/envoyer").status_code == 303
    assert Dossier.get_by_id(dossier.id).state == State.COMPLEMENT_RECEIVED
    read = agent.get(address(dossier)).text
    assert "Arrivée" in read
    assert "L’usager donne un autre code d’e-photo" in read


def test_who_cannot_have_a_photo_says_why(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    days_later(app, clock)
    agent = enter(visitor(), member(dossier.service), clock)
    asked(agent, dossier)
    client = visitor().sign_in(dossier.account)
    page = f"/fr/suivi/{dossier.reference}/complement"
    client.get(page)
    assert client.post(f"{page}/ephoto", {"why": ""}).status_code == 422
    assert client.post(f"{page}/ephoto", {"why": "Je ne peux pas signer."}).status_code == 303
    assert "Je ne peux pas signer." not in agent.get(address(dossier)).text, "not sent yet"
    assert client.post(f"{page}/envoyer").status_code == 303
    assert "Je ne peux pas signer." in agent.get(address(dossier)).text
    assert Complement.get().answered_at is not None


def test_an_agent_goes_on_without_it_with_a_reason(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    agent = enter(visitor(), member(dossier.service), clock)
    act(agent, dossier, "take")
    refused = act(agent, dossier, "approve")
    assert refused.status_code == 422
    assert "Demandez l’e-photo à l’usager, ou cochez la case" in words(refused.text)
    assert act(agent, dossier, "approve", without_photo="yes").status_code == 422
    reasons = {"without_photo": "yes", "photo_reason": "Photo prise au guichet."}
    assert act(agent, dossier, "approve", **reasons).status_code == 303
    assert Event.get(Event.action == "photo_waived").reason == "Photo prise au guichet."
    assert act(agent, dossier, "produce").status_code == 303

"""The agents' door has two locks, and behind it nothing of another service is seen."""

import re

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.domain.dossiers.states import State
from app.storage.models import (
    Agent,
    Appointment,
    Attachment,
    Attestation,
    Conversation,
    Document,
    Dossier,
    Event,
    Message,
    Recovery,
)
from app.storage.review import dossier_view
from app.web.access.audiences import AUDIENCE, Audience
from tests import factories
from tests.clients import PageClient
from tests.factories import PASSWORD
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import CODE, DOOR, QUEUE, Visitor, address, enter, member

# The door


def test_the_door_opens_with_both_locks(visitor: Visitor, agent: Agent, clock: Clock) -> None:
    client = enter(visitor(), agent, clock)
    assert client.get(QUEUE).status_code == 200


def test_a_password_alone_opens_nothing(visitor: Visitor, dossier: Dossier, agent: Agent) -> None:
    client = visitor()
    client.get(DOOR)
    client.post(DOOR, {"email": agent.email, "password": PASSWORD})
    for path in (QUEUE, address(dossier), address(dossier, "take")):
        answer = client.get(path)
        assert answer.status_code in (302, 303)
        assert "/agents/" in answer.headers["Location"]
    client.post(address(dossier, "take"), {"seen": str(dossier_view.last_move(dossier.id))})
    assert Dossier.get_by_id(dossier.id).state == State.FILED


@pytest.mark.parametrize(
    ("email", "password"), [("", ""), ("ghost@exemple.fr", PASSWORD), (None, "wrong"), (None, "")]
)
def test_wrong_credentials_get_one_answer(
    visitor: Visitor, agent: Agent, email: str | None, password: str
) -> None:
    client = visitor()
    client.get(DOOR)
    answer = client.post(DOOR, {"email": agent.email if email is None else email, "password": password})
    assert answer.status_code == 422
    assert client.get(CODE).status_code in (302, 303)


def test_what_is_missing_at_the_door_is_asked_for(visitor: Visitor, agent: Agent) -> None:
    client = visitor()
    client.get(DOOR)
    answer = client.post(DOOR, {"email": agent.email, "password": ""})
    assert answer.status_code == 422
    assert "Écrivez votre mot de passe." in answer.text.split('id="password-error"')[1]
    client.post(DOOR, {"email": agent.email, "password": PASSWORD})
    client.get(CODE)
    empty = client.post(CODE, {"code": " "})
    assert empty.status_code == 422
    assert "Écrivez les 6 chiffres du code." in empty.text.split('id="code-error"')[1]


def test_an_agent_whose_access_is_closed_stays_out(visitor: Visitor, agent: Agent) -> None:
    Agent.update(active=False).where(Agent.id == agent.id).execute()
    client = visitor()
    client.get(DOOR)
    assert client.post(DOOR, {"email": agent.email, "password": PASSWORD}).status_code == 422


def test_a_closed_access_ends_open_sessions(desk: PageClient, agent: Agent) -> None:
    Agent.update(active=False).where(Agent.id == agent.id).execute()
    assert desk.get(QUEUE).status_code in (302, 303)


def test_a_code_serves_once(visitor: Visitor, agent: Agent, clock: Clock) -> None:
    enter(visitor(), agent, clock)
    second = visitor()
    second.get(DOOR)
    second.post(DOOR, {"email": agent.email, "password": PASSWORD})
    second.get(CODE)
    answer = second.post(CODE, {"code": pyotp.TOTP(agent.totp_secret).at(clock())})
    assert answer.status_code == 422
    assert second.get(QUEUE).status_code in (302, 303)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "12345", "１２３４５６", "9" * 200])
def test_a_wrong_code_is_told(visitor: Visitor, agent: Agent, code: str) -> None:
    client = visitor()
    client.get(DOOR)
    client.post(DOOR, {"email": agent.email, "password": PASSWORD})
    client.get(CODE)
    assert client.post(CODE, {"code": code}).status_code == 422
    assert client.get(QUEUE).status_code in (302, 303)


def test_signing_out_closes_the_door(desk: PageClient) -> None:
    desk.get(QUEUE)
    assert desk.post("/fr/agents/deconnexion").status_code == 303
    assert desk.get(QUEUE).status_code in (302, 303)


def test_a_filter_after_the_session_sends_the_whole_page_to_the_door(visitor: Visitor, agent: Agent) -> None:
    fragment = {"HX-Request": "true", "HX-Current-URL": f"http://localhost{QUEUE}?q=a"}
    answer = visitor().get(QUEUE, headers=fragment)
    assert (answer.headers["HX-Redirect"], answer.text) == (f"{DOOR}?next={QUEUE}?q%3Da", "")


# Nobody else


def agent_paths(app: Flask, dossier: Dossier) -> list[tuple[str, str]]:
    """Every address of agents and supervisors, with the methods it takes, for one dossier."""
    document = Document.get(Document.dossier == dossier)
    asked = {"asked_at": NOON, "confirmed_at": NOON, "email": "autre@exemple.fr", "language": "fr"}
    recovery = Recovery.create(
        account=dossier.account,
        service=dossier.service,
        link_digest=f"{Recovery.select().count():064d}",
        **asked,
    )
    values = {"lang": "fr", "reference": dossier.reference, "document": document.id, "number": recovery.id}
    values |= {
        "action": "take",
        "slot": "passport",
        "kind": "cloture",
        "key": "demande",
        "purpose": "interview",
        "code": Attestation.select().where(Attestation.dossier == dossier).get().code,
    }
    asked_in, file = question(dossier)
    invited = {"at": NOON, "place": "Guichet 4", "bring": [], "invited_at": NOON}
    meeting, _made = Appointment.get_or_create(dossier=dossier, purpose="interview", defaults=invited)
    numbers = {
        "question": {"number": asked_in.number, "file": file.id},
        "appointment": {"number": meeting.id},
    }
    paths = []
    for rule in app.url_map.iter_rules():
        if AUDIENCE.get(rule.endpoint) not in (Audience.AGENT, Audience.SUPERVISOR):
            continue
        own = next((found for word, found in numbers.items() if word in rule.endpoint), {})
        of = values | own
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(rule.endpoint, {k: of[k] for k in rule.arguments})
        paths += [(path, method) for method in sorted(rule.methods & {"GET", "POST"})]
    return paths


def question(dossier: Dossier) -> tuple[Conversation, Attachment]:
    """A question about a dossier, with a file."""
    place = Conversation.select().count()
    columns = {"service": dossier.service, "account": dossier.account, "dossier": dossier, "language": "fr"}
    asked = Conversation.create(
        number=f"Q-2026-{place:06d}", email="p@exemple.fr", topic="other", opened_at=NOON, **columns
    )
    message = Message.create(conversation=asked, text="Bonjour", at=NOON)
    file = {"name": "a.jpg", "key": f"q/{place}", "media_type": "image/jpeg", "size": 1, "sha256": "0" * 64}
    return asked, Attachment.create(message=message, **file)


def without_incident(answer: TestResponse) -> str:
    """A page without what differs from one to the next: reference of the incident, token, address."""
    text = re.sub(r'name="csrf_token" value="[^"]+"', "", answer.text)
    return re.sub(r"[0-9A-F]{4,}-?[0-9A-F]*|\d{2}-\d{4}-\d{6}-\d|/\d+(?=\")", "", text)


def test_another_service_s_dossier_does_not_exist(
    app: Flask, visitor: Visitor, dossier: Dossier, clock: Clock
) -> None:
    stranger = enter(visitor(), member(factories.service("75", "Paris")), clock)
    events = Event.select().count()
    for path, method in agent_paths(app, dossier):
        if dossier.reference not in path and not path[-1].isdigit():
            continue  # a list: what is in it is looked at below
        unknown = re.sub(r"/\d+$", "/99999", path.replace(dossier.reference, "69-2026-999999-9"))
        send = stranger.get if method == "GET" else stranger.post
        hidden, absent = send(path), send(unknown)
        assert (hidden.status_code, absent.status_code) == (404, 404), path
        assert without_incident(hidden) == without_incident(absent)
    assert dossier.reference not in stranger.get(QUEUE).text
    assert dossier.reference not in stranger.get(f"{QUEUE}?q=nguyen").text
    assert Event.select().count() == events


def test_applicants_and_visitors_reach_nothing(app: Flask, visitor: Visitor, dossier: Dossier) -> None:
    applicant = visitor().sign_in(dossier.account)
    for client in (visitor(), applicant):
        for path, method in agent_paths(app, dossier):
            answer = (client.get if method == "GET" else client.post)(path)
            assert answer.status_code in (302, 303, 400), path
            assert dossier.identity["surname"] not in answer.text

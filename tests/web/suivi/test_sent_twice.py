"""A second click, a page sent again: the same words are kept once."""

from typing import Any

import pytest
from flask import Flask

from app.services.conversations import conversations as service
from app.storage.models import Conversation, Message
from tests import factories
from tests.fixtures import Clock
from tests.intake.files import picture
from tests.web.agent_pages import enter, member
from tests.web.forms import sent
from tests.web.public.test_blocked import BLOCKED
from tests.web.public.test_messages import ANYBODY, ASKED, write


@pytest.fixture(autouse=True)
def lyon(app: Flask) -> Any:
    """The service that answers."""
    return factories.service()


@pytest.mark.parametrize("known", [True, False])
def test_the_same_question_sent_twice_is_asked_once(visitor: Any, clock: Clock, known: bool) -> None:
    client = visitor().sign_in(factories.filed().account) if known else visitor()
    fields = ASKED if known else ANYBODY
    answers = [write(client, **fields) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert Conversation.select().count() == Message.select().count() == 1
    write(client, **fields | {"text": "Autre chose, quand même."})
    clock.advance(minutes=11)
    write(client, **fields)
    assert Conversation.select().count() == 3, "other words, and the same ones later, are asked"


def test_the_same_words_with_another_file_are_another_question(visitor: Any) -> None:
    client = visitor().sign_in(factories.filed().account)
    for place, height in enumerate((400, 400, 500)):
        write(client, **ASKED, files=[sent(picture(size=(300, height)), f"{place}.png")])
    assert Conversation.select().count() == 2


def test_a_message_sent_twice_is_said_once(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    client = visitor().sign_in(dossier.account)
    write(client, **ASKED)
    path = f"/fr/suivi/questions/{Conversation.get().number}"
    for text in ("Encore ceci", "Encore ceci", "Et cela", "Encore ceci"):
        assert write(client, path, text=text).status_code == 303
    assert [one.text for one in Message.select().order_by(Message.id)][1:] == [
        "Encore ceci",
        "Et cela",
        "Encore ceci",
    ]


def test_an_agent_who_clicks_twice_writes_once(visitor: Any, clock: Clock) -> None:
    dossier = factories.filed()
    desk = enter(visitor(), member(), clock)
    path = f"/fr/agents/dossiers/{dossier.reference}/ecrire"
    locations = [write(desk, path, text="Bonjour, une question.").location for _ in range(2)]
    assert locations[0] == locations[1]
    assert Message.select().count() == 1


@pytest.mark.parametrize("account_first", [True, False])
def test_an_account_and_a_stranger_of_the_same_mailbox_are_two(visitor: Any, account_first: bool) -> None:
    holder = factories.account(email=ANYBODY["email"].lower())
    doors = [(visitor().sign_in(holder), ASKED | {"postcode": "69003"}), (visitor(), ANYBODY)]
    for client, fields in doors if account_first else reversed(doors):
        answer = write(client, **fields)
        assert answer.status_code == 303
        assert client.get(answer.location).status_code == 200
    assert Conversation.select().count() == 2


def test_a_block_declared_otherwise_has_its_own_certificate(visitor: Any) -> None:
    client = visitor().sign_in(factories.filed().account)
    for helpers in (["phone"], ["phone"], ["phone", "place"]):
        assert write(client, "/fr/aide/bloque", **BLOCKED | {"helpers": helpers}).status_code == 303
    assert Conversation.select().count() == 2


def test_files_sent_twice_are_kept_once(app: Flask, visitor: Any) -> None:
    client = visitor().sign_in(factories.filed().account)
    before = kept_files(app)
    for _turn in range(2):
        write(client, **ASKED, files=[sent(picture(), "a.png")])
    assert len(kept_files(app) - before) == 1


def test_files_of_a_message_too_many_are_not_kept(
    app: Flask, visitor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_A_DAY", 1)
    client = visitor().sign_in(factories.filed().account)
    write(client, **ASKED)
    before = kept_files(app)
    answer = write(client, **ASKED | {"text": "Une autre question."}, files=[sent(picture(), "a.png")])
    assert answer.status_code == 429
    assert kept_files(app) == before


def test_an_agent_who_answers_twice_answers_once(visitor: Any, clock: Clock) -> None:
    client = visitor().sign_in(factories.filed().account)
    write(client, **ASKED)
    number = Conversation.get().number
    desk = enter(visitor(), member(), clock)
    path = f"/fr/agents/questions/{number}"
    last = desk.get(path).text.split('name="last" value="', 1)[1].split('"', 1)[0]
    answers = [desk.post(path, {"text": "Bonjour, c’est réglé.", "last": last}) for _turn in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert Message.select().count() == 2
    assert desk.post(path, {"text": "Autre chose.", "last": last}).status_code == 409


def kept_files(app: Flask) -> set[str]:
    """The files of the store."""
    root = app.extensions["gateways"].files.inner.root
    return {str(one) for one in root.rglob("*") if one.is_file()}

"""A second click, a page sent again: the same words are kept once."""

from typing import Any

import pytest
from flask import Flask

from app.storage.models import Conversation, Message
from tests import factories
from tests.fixtures import Clock
from tests.intake.test_examine import picture
from tests.web.desk import enter, member
from tests.web.forms import sent
from tests.web.test_messages import ANYBODY, ASKED, write


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

"""What a log may hold: where and when, the kind of a failure and its reference; nothing of a person."""

import json
import logging
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from app.logs import JsonLines
from app.storage.applications import dossiers
from app.storage.models import Conversation
from tests import factories
from tests.clients import PageClient

pytestmark = pytest.mark.engines("sqlite")
Visitor = Callable[[], PageClient]
PRIVATE = "Nguyễn 9920000137"


@pytest.fixture
def lines(app: Flask) -> Iterator[list[str]]:
    """What is written while a test runs, as it is written."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield written
    root.removeHandler(handler)
    root.setLevel(before)


def requests(lines: list[str]) -> list[dict[str, Any]]:
    """The lines of requests, read."""
    return [line for line in map(json.loads, lines) if line["event"] == "request"]


def test_a_failure_is_told_by_its_kind_and_place_never_by_its_words() -> None:
    try:
        raise ValueError(f"no such person: {PRIVATE}\nsecond line")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "work failed", (), sys.exc_info())
    record.fields = {"outbox": 3}
    text = JsonLines().format(record)
    assert "\n" not in text
    line = json.loads(text)
    assert (line["level"], line["event"], line["outbox"], line["error"]) == (
        "error", "work failed", 3, "ValueError",
    )  # fmt: skip
    assert line["where"][-1].endswith("test_a_failure_is_told_by_its_kind_and_place_never_by_its_words")
    assert "9920000137" not in text


def test_a_request_is_told_by_its_endpoint(visitor: Visitor, lines: list[str]) -> None:
    """Addresses hold tokens, forms hold everything."""
    account = factories.account()
    client = visitor().sign_in(account)
    client.get("/fr/compte/nouveau-mot-de-passe/a-secret-token?q=words-typed")
    told = requests(lines)
    assert [one["endpoint"] for one in told][-1] == "compte.reset"
    assert all(
        one.keys() <= {"at", "level", "event", "request", "endpoint", "method", "status", "ms"}
        for one in told
    )
    for secret in ("a-secret-token", "words-typed", account.foreign_number, account.email):
        assert not [line for line in lines if secret in line]


def test_who_came_in_and_who_was_refused_is_told_by_number(visitor: Visitor, lines: list[str]) -> None:
    account = factories.account()
    visitor().sign_in(account)
    stranger = visitor()
    stranger.get("/fr/compte/connexion")
    for identifier in (account.email, "personne@exemple.fr"):
        stranger.post("/fr/compte/connexion", {"identifier": identifier, "password": "un mauvais"})
    told = [line for line in map(json.loads, lines) if line["event"] == "sign-in"]
    assert [(line["door"], line["outcome"], line["who"]) for line in told] == [
        ("password", "admitted", f"account {account.id}"),
        ("password", "refused", f"account {account.id}"),
        ("password", "refused", "nobody"),
    ]
    assert not [line for line in lines if "exemple.fr" in line]


def test_a_page_that_is_refused_is_told(visitor: Visitor, lines: list[str]) -> None:
    client = visitor().sign_in(factories.account())
    client.get("/fr/agents/chiffres")
    statuses = {one["endpoint"]: one["status"] for one in requests(lines)}
    assert statuses["instruction.figures"] in (302, 303, 403)


def test_a_forged_form_is_told_and_does_nothing(visitor: Visitor, lines: list[str]) -> None:
    """One that another site sends is refused; one of another session's page leads back, with what was typed."""
    client = visitor().sign_in(factories.account())
    message = "/fr/aide/ecrire"
    client.get(message)
    typed = {"subject": PRIVATE, "body": PRIVATE, "csrf_token": "forged"}
    elsewhere = client.post(message, typed, headers={"Sec-Fetch-Site": "cross-site"})
    led_back = client.post(message, typed)
    assert (elsewhere.status_code, led_back.status_code) == (400, 303)
    told = [line for line in map(json.loads, lines) if line["event"] == "form refused"]
    assert [line["sender"] for line in told] == ["another site", "another session"]
    assert {line["endpoint"] for line in told} == {"aide.write"}
    assert Conversation.select().count() == 0
    assert not [line for line in lines if PRIVATE in line]


def test_the_page_of_a_failure_shows_the_reference_that_the_log_has(
    app: Flask, visitor: Visitor, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: object) -> None:
        raise RuntimeError(PRIVATE)

    client = visitor().sign_in(factories.account())
    monkeypatch.setattr(dossiers, "of_account", failing)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.client.get("/fr/suivi/")
    assert answer.status_code == 500
    (request,) = [one for one in requests(lines) if one["status"] == 500]
    (failure,) = [line for line in map(json.loads, lines) if line["event"] == "unexpected"]
    assert failure["error"] == "RuntimeError"
    assert failure["request"] == request["request"]
    assert request["request"] in answer.text
    assert not [line for line in lines if PRIVATE in line]
    assert PRIVATE not in answer.text

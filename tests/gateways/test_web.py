"""Conversations with the services of others: whatever goes wrong there is one of two exceptions here."""

import json
from typing import Any

import pytest

from app.gateways import web
from app.outside import Part
from tests.gateways.answering import Desk, answering
from tests.servers.process import free_port
from tests.servers.tls import CERTIFICATE, server_context


def ask(url: str, question: dict[str, Any]) -> Any:
    """Ask a part that was never asked before."""
    return web.ask(Part("desk"), url, question)


def test_the_question_travels_in_the_body_and_the_answer_comes_back(desk: Desk):
    desk.say(200, {"name": "Nguyễn"})
    assert ask(desk.url, {"number": "9920000137"}) == {"name": "Nguyễn"}
    assert desk.questions == [{"number": "9920000137"}]


def test_a_user_and_a_password_go_in_a_header_alone(desk: Desk):
    desk.say(200, {})
    ask(desk.url, {})
    ask(desk.url.replace("://", "://guichet:s%40cret@"), {})
    assert desk.credentials == [None, "Basic Z3VpY2hldDpzQGNyZXQ="]
    assert "s@cret" not in json.dumps(desk.questions)


def test_an_empty_answer_is_nothing(desk: Desk):
    desk.say(204, b"")
    assert ask(desk.url, {}) is None


def test_not_found_is_an_answer(desk: Desk):
    desk.say(404, {})
    with pytest.raises(web.NotThere):
        ask(desk.url, {})


@pytest.mark.parametrize("status", [400, 401, 429, 500, 503])
def test_any_other_status_is_no_answer(desk: Desk, status: int):
    desk.say(status, {"record": "should not be read"})
    with pytest.raises(web.NoAnswer, match=str(status)):
        ask(desk.url, {})


@pytest.mark.parametrize("body", [b"<html>maintenance</html>", b'{"cut', b"\xff\xfe\xfa"])
def test_what_is_no_json_is_no_answer(desk: Desk, body: bytes):
    desk.say(200, body)
    with pytest.raises(web.NoAnswer):
        ask(desk.url, {})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirection_is_followed(desk: Desk, status: int):
    with answering() as elsewhere:
        desk.say(status, {}, Location=elsewhere.url)
        with pytest.raises(web.NoAnswer):
            ask(desk.url, {"number": "9920000137"})
        assert elsewhere.questions == []


def test_a_slow_server_is_not_waited_for(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "BYTE_SECONDS", 0.1)
    desk.answers.clear()
    with pytest.raises(web.NoAnswer, match="TimeoutError"):
        ask(desk.url, {})


def test_nobody_listens():
    with pytest.raises(web.NoAnswer):
        ask(f"http://127.0.0.1:{free_port()}/", {})


def test_a_certificate_that_nobody_vouches_for_is_refused():
    with answering(server_context()) as desk:
        with pytest.raises(web.NoAnswer, match="SSLCertVerificationError"):
            ask(desk.url, {"number": "9920000137"})
        assert desk.questions == []


def test_a_certificate_of_another_name_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with answering(server_context()) as desk:
        with pytest.raises(web.NoAnswer, match="SSLCertVerificationError"):
            ask(desk.url.replace("127.0.0.1", "localhost"), {"number": "9920000137"})
        assert desk.questions == []
        desk.say(200, {"name": "Nguyễn"})
        assert ask(desk.url, {}) == {"name": "Nguyễn"}, "under its own name it is believed"


def test_an_answer_without_end_is_read_up_to_its_limit(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(web, "MOST_BYTES", 1000)
    desk.say(200, b'"' + b"x" * 5000 + b'"')
    with pytest.raises(web.NoAnswer):
        ask(desk.url, {})

"""The audit of dependencies: what is known is told, what cannot be asked is said, and nothing passes by silence."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tooling.audit import NotChecked, faulty_licences, main, unaccepted, vulnerabilities
from tooling.components import Component, allowed, bill_of_materials, components, policy

FLASK = Component("PyPI", "flask", "3.1.3", "BSD-3-Clause", ("run",), ("0" * 64,))
HTMX = Component("npm", "htmx.org", "2.0.11", "0BSD", ("npm",))
TODAY = date(2026, 11, 28)

Serve = Callable[[Any], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """A service of vulnerabilities that gives one answer; its address."""
    servers: list[HTTPServer] = []

    def start(answer: Any) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(answer if isinstance(answer, bytes) else json.dumps(answer).encode())

            def log_message(self, *_arguments: object) -> None:
                """Say nothing."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_what_is_known_of_a_dependency_is_told(serve: Serve) -> None:
    service = serve({"results": [{"vulns": [{"id": "GHSA-1"}, {"id": "PYSEC-2"}]}, {}]})
    known = vulnerabilities([FLASK, HTMX], service)
    assert [(part.name, name) for part, name in known] == [("flask", "GHSA-1"), ("flask", "PYSEC-2")]
    (first, second) = unaccepted(known, {}, TODAY)
    assert "flask 3.1.3 (run): GHSA-1" in first
    assert "PYSEC-2" in second


def test_what_is_accepted_is_looked_at_again() -> None:
    accepted = {"GHSA-1": {"reason": "That function is not called.", "until": date(2026, 12, 31)}}
    assert list(unaccepted([(FLASK, "GHSA-1")], accepted, TODAY)) == []
    assert "look again" in next(unaccepted([(FLASK, "GHSA-1")], accepted, date(2027, 1, 1)))


@pytest.mark.parametrize("answer", [b"<html>", {"error": "no"}, {"results": []}, {"results": None}, []])
def test_an_answer_that_says_nothing_is_not_taken_for_good_news(serve: Serve, answer: Any) -> None:
    with pytest.raises(NotChecked):
        vulnerabilities([FLASK], serve(answer))


def test_a_service_that_is_away_is_said_and_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tooling.audit.vulnerabilities.__defaults__", ("http://127.0.0.1:9/",))
    assert main() == 0
    assert "NOT CHECKED" in capsys.readouterr().out


def test_licences_are_allowed_by_each_part() -> None:
    some = frozenset({"MIT", "Apache-2.0"})
    assert allowed("MIT", some)
    assert allowed("(MIT AND Apache-2.0)", some)
    assert allowed("SSPL-1.0 OR MIT", some)
    assert not allowed("MIT AND SSPL-1.0", some)
    assert not allowed("", some)
    wrong = [Component("npm", "new", "1", "SSPL-1.0"), Component("PyPI", "silent", "1", "")]
    assert len(list(faulty_licences([FLASK, *wrong], frozenset({"BSD-3-Clause"})))) == 2


def test_every_dependency_of_the_lock_files_is_looked_at_and_allowed() -> None:
    found = components()
    names = {(part.ecosystem, part.name) for part in found}
    assert {("PyPI", "flask"), ("PyPI", "brotlicffi"), ("PyPI", "swift"), ("npm", "htmx.org")} <= names
    assert list(faulty_licences(found, frozenset(policy()["licences"]["allowed"]))) == []


def test_the_bill_names_what_is_shipped_with_its_origin() -> None:
    bill = bill_of_materials([FLASK, HTMX, Component("PyPI", "pytest", "9", "MIT", ("test",))], "0.1.0")
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    purls = {part["purl"]: part["scope"] for part in bill["components"]}
    assert purls == {
        "pkg:pypi/flask@3.1.3": "required",
        "pkg:npm/htmx.org@2.0.11": "required",
        "pkg:pypi/pytest@9": "excluded",
    }
    scoped = Component("npm", "@expo-google-fonts/noto-sans", "0.4.2", "MIT AND OFL-1.1", ("npm",))
    assert scoped.purl == "pkg:npm/%40expo-google-fonts/noto-sans@0.4.2"

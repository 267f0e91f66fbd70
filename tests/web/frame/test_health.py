"""What monitors are told of the examination of files, and what people read where it is refused."""

import logging

import pytest

from app.gateways.antivirus import Verdict
from app.intake import LAYERS, NEEDED
from app.services.operations import files_health
from app.services.operations.files_health import EVERY_SECONDS, Watch
from app.web import health
from tests.services.outside import with_gateways


class Blind:
    """A scanner that finds every file clean."""

    def scan(self, data):
        return Verdict.CLEAN


def watched(app, monkeypatch, held, required):
    """Put a watch that finds these layers."""
    monkeypatch.setattr(files_health, "confining_layers", lambda: frozenset(held))
    app.extensions["files_watch"] = Watch(lambda: app.extensions["gateways"].scanner, required)


def test_every_layer_is_told_in_words(app, visitor):
    answer = visitor().get("/sante/fichiers")
    assert answer.status_code == 200
    assert answer.json["status"] == "ok"
    assert set(answer.json["confinement"]) == set(LAYERS)
    assert answer.json["confinement"]["seccomp"].startswith("holds: ")
    assert health.watch(app).last.held >= NEEDED


@pytest.mark.parametrize(("required", "status"), [(True, 503), (False, 200)])
def test_a_missing_layer_is_told_and_stops_production(app, visitor, monkeypatch, caplog, required, status):
    watched(app, monkeypatch, set(LAYERS) - {"seccomp"}, required)
    with caplog.at_level(logging.ERROR):
        answer = visitor().get("/sante/fichiers")
        visitor().get("/sante/fichiers")
    assert answer.status_code == status
    assert answer.json["confinement"]["seccomp"].startswith("missing: ")
    assert [record.getMessage()[:7] for record in caplog.records] == ["seccomp"]


def test_a_scanner_that_finds_nothing_is_told_until_it_does(app, visitor, monkeypatch):
    watched(app, monkeypatch, LAYERS, required=True)
    at = [1.0]
    health.watch(app).clock = lambda: at[0]
    sees = app.extensions["gateways"].scanner
    with_gateways(app, scanner=Blind())
    assert visitor().get("/sante/fichiers").status_code == 503
    with_gateways(app, scanner=sees)
    at[0] += EVERY_SECONDS
    assert visitor().get("/sante/fichiers").status_code == 200

"""What balancers, monitors and Prometheus are told, each part by name, and who else is told nothing."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from peewee import OperationalError
from prometheus_client.parser import text_string_to_metric_families

from app.gateways.antivirus import Verdict
from app.intake import LAYERS, NEEDED
from app.services.operations import files_health, modes, state
from app.services.operations.files_health import EVERY_SECONDS, Watch
from app.services.operations.modes import Mode
from app.storage import database, operating, outbox
from app.storage.files import StoreUnavailable
from app.web.operators import health
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.services.outside import with_gateways

Visitor = Callable[[], PageClient]
FROM_AFAR = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https"}


class Blind:
    """A scanner that finds every file clean."""

    def scan(self, data: bytes) -> Verdict:
        return Verdict.CLEAN


class Full:
    """A store that takes nothing."""

    def check(self) -> None:
        raise StoreUnavailable("OSError")


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each question is asked anew, and no file of this machine says that it is drained."""
    monkeypatch.setattr(health, "FRESH_SECONDS", 0)
    monkeypatch.setattr(modes, "DRAINED", tmp_path / "drained")


@pytest.fixture
def working(app: Flask) -> None:
    """A worker has just done a turn of each loop."""
    for loop in operating.LOOPS:
        operating.beat("machine:1", loop, NOON)


def wrong(app: Flask) -> tuple[int, set[str]]:
    """The answer to a monitor, and the parts that are not as they should be."""
    answer = app.test_client().get("/readyz")
    return answer.status_code, {name for name, part in answer.json["parts"].items() if not part["ok"]}


def watched(app: Flask, monkeypatch: pytest.MonkeyPatch, held: set[str], required: bool) -> None:
    """Put a watch that finds these layers."""
    monkeypatch.setattr(files_health, "confining_layers", lambda: frozenset(held))
    app.extensions["files_watch"] = Watch(lambda: app.extensions["gateways"].scanner, required)


def test_a_service_as_it_should_be(app: Flask, working: None) -> None:
    assert wrong(app) == (200, set())
    answer = app.test_client().get("/readyz").json
    assert set(answer["confinement"]) == set(LAYERS)
    assert answer["confinement"]["seccomp"].startswith("holds: ")
    assert health.watch(app).last.held >= NEEDED


Break = Callable[[Flask, pytest.MonkeyPatch], object]


def _no_database(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_given: object) -> None:
        raise OperationalError("no space left")

    monkeypatch.setattr(operating, "switch", away)


def _blind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    watched(app, monkeypatch, set(LAYERS), True)
    with_gateways(app, scanner=Blind())


def _clock_off(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "clock", lambda: datetime.now(UTC) - timedelta(minutes=2))


NEEDS: dict[str, Break] = {
    "database": _no_database,
    "migrations": lambda app, patch: patch.setattr(database, "pending", lambda: ["0099_next"]),
    "store": lambda app, patch: with_gateways(app, files=Full()),
    "confinement": lambda app, patch: watched(app, patch, set(LAYERS) - {"seccomp"}, True),
    "disk": lambda app, patch: patch.setattr(state, "FULL_BYTES", 2**60),
    "mode": lambda app, patch: modes.set_mode(Mode.READ_ONLY, NOON),
}
LOOKED_AT: dict[str, Break] = {
    "scanner": _blind,
    "work": lambda app, patch: outbox.post("mail", {}, NOON - timedelta(hours=1)),
    "worker": lambda app, patch: (
        operating.WorkerBeat.delete().where(operating.WorkerBeat.loop == "mail").execute()
    ),
    "room": lambda app, patch: patch.setattr(state, "LOW_BYTES", 2**60),
    "clock": _clock_off,
}


@pytest.mark.parametrize("part", NEEDS)
def test_without_these_nobody_can_file(
    app: Flask, working: None, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    NEEDS[part](app, monkeypatch)
    assert wrong(app) == (503, {part})
    assert "guichet_ready 0.0" in app.test_client().get("/metrics").text


@pytest.mark.parametrize("part", LOOKED_AT)
def test_these_are_told_while_people_file(
    app: Flask, working: None, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    LOOKED_AT[part](app, monkeypatch)
    assert wrong(app) == (200, {part})
    assert f'guichet_part_ok{{part="{part}"}} 0.0' in app.test_client().get("/metrics").text


@pytest.mark.engines("sqlite")
def test_life_asks_nobody(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A balancer that asked the database would take every machine out in an outage, and show a page of its own."""

    def away(*_given: object, **_named: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(type(database.database.obj), "execute_sql", away)
    monkeypatch.setattr(type(database.database.obj), "connect", away)
    client = app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert "guichet_ready 0.0" in client.get("/metrics").text
    modes.drain(True)
    assert client.get("/healthz").status_code == 503
    modes.drain(False)
    assert client.get("/healthz").status_code == 200


@pytest.mark.engines("sqlite")
def test_others_are_told_nothing_but_the_word(app: Flask, working: None) -> None:
    client = app.test_client()
    token = "0123456789abcdefghijklm"
    app.extensions["settings"] = replace(app.extensions["settings"], monitoring_secret=token)
    given = {**FROM_AFAR, "Authorization": f"Bearer {token}"}
    for asked in ({"headers": FROM_AFAR}, {"environ_base": {"REMOTE_ADDR": "192.0.2.9"}}):
        assert client.get("/readyz", **asked).json == {"status": "ready"}
        assert client.get("/metrics", **asked).status_code == 404
    assert client.get("/metrics", headers={**given, "Authorization": "Bearer x"}).status_code == 404
    assert client.get("/metrics", headers=given).status_code == 200
    assert "parts" in client.get("/readyz", headers=given).json


def figures(app: Flask) -> dict[str, Any]:
    """All figures by name."""
    text = app.test_client().get("/metrics").text
    return {family.name: family for family in text_string_to_metric_families(text)}


def endpoints(app: Flask) -> set[str]:
    """Return the endpoints that requests were counted of."""
    counted = figures(app)["guichet_requests"].samples
    return {sample.labels["endpoint"] for sample in counted}


@pytest.mark.engines("sqlite")
def test_figures_name_nobody_and_have_bounded_labels(app: Flask, visitor: Visitor) -> None:
    account = factories.account()
    factories.filed(account=account)
    before = endpoints(app)  # of this process, where other tests had applications of their own
    visitor().get("/fr/compte/nouveau-mot-de-passe/a-secret-token")
    app.test_client().open("/fr/nowhere/9920000137", method="BREW")
    found = figures(app)
    labels = {
        value for family in found.values() for sample in family.samples for value in sample.labels.values()
    }
    assert {"compte.reset", "none", "other", "filed"} <= labels
    text = app.test_client().get("/metrics").text
    for secret in ("a-secret-token", "9920000137", account.foreign_number, account.email):
        assert secret not in text
    known = {str(rule.endpoint) for rule in app.url_map.iter_rules()}
    assert endpoints(app) - before <= known | {"none"}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("required", "status"), [(True, 503), (False, 200)])
def test_a_missing_layer_is_logged_once_and_stops_production(
    app: Flask,
    working: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    required: bool,
    status: int,
) -> None:
    watched(app, monkeypatch, set(LAYERS) - {"seccomp"}, required)
    with caplog.at_level(logging.ERROR):
        answer = app.test_client().get("/readyz")
        app.test_client().get("/readyz")
    assert answer.status_code == status
    assert answer.json["confinement"]["seccomp"].startswith("missing: ")
    assert [record.getMessage()[:7] for record in caplog.records] == ["seccomp"]


@pytest.mark.engines("sqlite")
def test_a_scanner_that_finds_nothing_is_told_until_it_does(
    app: Flask, working: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched(app, monkeypatch, set(LAYERS), required=True)
    at = [1.0]
    health.watch(app).clock = lambda: at[0]
    sees = app.extensions["gateways"].scanner
    with_gateways(app, scanner=Blind())
    assert wrong(app) == (200, {"scanner"})
    with_gateways(app, scanner=sees)
    at[0] += EVERY_SECONDS
    assert wrong(app) == (200, set())

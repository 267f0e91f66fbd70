"""The alarms and the board that are shipped: each figure that they name exists, each sheet that they open is written."""

import json
import re
import subprocess
from collections.abc import Iterator

import pytest
import yaml
from flask import Flask

from app.settings import ROOT
from app.storage import operating, outbox
from app.storage.models import Outbox
from tests import factories
from tests.fixtures import NOON
from tests.servers.prometheus import promtool

FOLDER = ROOT / "deploy" / "prometheus"
RULES = yaml.safe_load((FOLDER / "rules.yml").read_text(encoding="utf-8"))["groups"][0]["rules"]
BOARD = json.loads((FOLDER / "grafana.json").read_text(encoding="utf-8"))
NAME = re.compile(r"guichet_[a-z_]+")

pytestmark = pytest.mark.engines("sqlite")


def expressions() -> Iterator[str]:
    """What alarms and panels ask for."""
    yield from (rule["expr"] for rule in RULES)
    yield from (target["expr"] for panel in BOARD["panels"] for target in panel["targets"])


def test_every_figure_that_is_named_exists(app: Flask) -> None:
    factories.filed()
    Outbox.update(failed_at=NOON).execute()
    outbox.post("mail", {}, NOON)
    operating.beat("machine:1", "mail", NOON)
    client = app.test_client()
    client.get("/healthz")
    given = set(re.findall(r"^(guichet_[a-z_]+)", client.get("/metrics").text, re.MULTILINE))
    named = {name for expression in expressions() for name in NAME.findall(expression)}
    assert len(named) > 8
    assert named <= given
    parts = set(re.findall(r'guichet_part_ok\{part="(\w+)"', client.get("/metrics").text)) | {"signatures"}
    for rule in RULES:
        for asked in re.findall(r'part=~?"([\w|]+)"', rule["expr"]):
            assert set(asked.split("|")) <= parts, rule["alert"]


def test_every_alarm_opens_a_sheet() -> None:
    text = (ROOT / "docs" / "incidents.md").read_text(encoding="utf-8")
    sheets = {
        heading.lower().replace(" ", "-").replace(",", "") for heading in re.findall(r"^## (.+)$", text, re.M)
    }
    assert {rule["annotations"]["sheet"] for rule in RULES} <= sheets
    assert len(sheets) >= 12


@pytest.mark.slow
def test_prometheus_takes_them() -> None:
    asked = (["rules", FOLDER / "rules.yml"], ["config", "--syntax-only", FOLDER / "prometheus.yml"])
    for given in asked:
        done = subprocess.run([promtool(), "check", *given], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

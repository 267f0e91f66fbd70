"""Each sheet of docs/incidents.md is rehearsed, and each command that it names exists, with its options."""

import re
import shlex

from app.settings import ROOT
from tests.deploy.test_shipped import takes

SHEETS = dict(
    re.findall(
        r"^## (.+?)$(.+?)(?=^## |\Z)",
        (ROOT / "docs" / "incidents.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
)
REHEARSED = (ROOT / "tests" / "faults" / "test_incidents.py").read_text(encoding="utf-8")
GROUPS = {
    "agents",
    "attestations",
    "audit",
    "backup",
    "check",
    "drain",
    "erasures",
    "files",
    "keys",
    "migrate",
    "mode",
    "outbox",
    "status",
}


def test_each_sheet_is_rehearsed() -> None:
    tests = set(re.findall(r"^def test_(\w+)\(", REHEARSED, re.MULTILINE))
    assert len(SHEETS) >= 15
    assert {sheet.lower().replace(" ", "_") for sheet in SHEETS} == tests


def test_commands_of_the_sheets_exist() -> None:
    commands = {
        given
        for text in SHEETS.values()
        for given in re.findall(r"`(?:python -m app\.cli )?([^`]+)`", text)
        if given.split()[0] in GROUPS
    }
    assert len(commands) >= 12
    for given in commands:
        takes(shlex.split(given.replace("FILE", "-")))  # a file that is there: standard input

"""What is shipped to run the service with: each file is read, and what it names exists."""

import configparser
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.cli.__main__ import cli
from app.keys.changing import fresh
from app.keys.text import write_keys
from app.settings import ROOT, Settings
from tests.fixtures import NOON
from tooling.parts import MissingPart, from_debian

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
CONTAINERFILE = (DEPLOY / "container" / "Containerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "container" / "compose.yml").read_text(encoding="utf-8"))


def takes(arguments: list[str]) -> None:
    """Fail unless the command line knows a command with these options."""
    command = cli
    context = command.make_context("app.cli", [], resilient_parsing=True)
    while hasattr(command, "commands") and arguments:
        name, *arguments = arguments
        command = command.commands[name]
    command.make_context("app.cli", list(arguments), parent=context)


def unit(path: Path) -> Mapping[str, Mapping[str, str]]:
    """A unit, read as systemd reads it: a key may come twice, the last is kept here."""
    parser = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return {name: dict(parser[name]) for name in parser.sections()}


def environment() -> dict[str, str]:
    """The example of an environment file, read as a shell reads it."""
    lines = (DEPLOY / "environment.example").read_text(encoding="utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: "".join(shlex.split(value)) if '"' in value else value for name, _, value in pairs}


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist(path: Path) -> None:
    service = unit(path)["Service"]
    for key in ("ExecStartPre", "ExecStart"):
        if key in service:
            program, *given = shlex.split(service[key])
            assert (program, given[:2]) == ("/srv/guichet/.venv/bin/python", ["-m", "app.cli"])
            takes(given[2:])
    assert service["EnvironmentFile"] == "/etc/guichet/environment"
    assert service["User"] == "guichet"
    assert service["NoNewPrivileges"] == "yes"
    if service.get("Type") != "oneshot":
        assert service["RestartPreventExitStatus"] == "2", "a refusal is not mended by starting again"
        assert int(service["TimeoutStopSec"]) > 5


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_takes_them(path: Path) -> None:
    if not shutil.which("systemd-analyze") and not from_debian("systemd"):
        raise MissingPart("What checks units is missing: install the package systemd.")
    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert "Unknown" not in done.stderr


def test_production_starts_with_the_example_once_its_keys_are_made(tmp_path: Path) -> None:
    given = environment()
    (tmp_path / "keys.json").write_text(write_keys(fresh(NOON)), encoding="utf-8")
    (tmp_path / "keys.json").chmod(0o600)
    _settings, problems = Settings.read({**given, "KEYRING": f"file:{tmp_path / 'keys.json'}"})
    assert problems == {}


def test_the_image_copies_what_there_is_and_starts_what_exists() -> None:
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", CONTAINERFILE, re.MULTILINE)
        for name in line.split()[:-1]
    ]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert {"app", "translations", "wsgi.py", "requirements"} <= set(copied)
    (started,) = re.findall(r"^CMD \[(.+)\]$", CONTAINERFILE, re.MULTILINE)
    takes([part.strip().strip('"') for part in started.split(",")])
    assert re.search(r"^USER guichet$", CONTAINERFILE, re.MULTILINE)


def test_the_composition_is_whole() -> None:
    services: dict[str, Any] = COMPOSE["services"]
    for name, service in services.items():
        if service["image"] == "guichet-sejour" and "command" in service:
            takes(list(service["command"]))
        assert set(service.get("depends_on", {})) <= set(services), name
        for volume in service.get("volumes", ()):
            source = volume.partition(":")[0]
            assert source.startswith("./") or source in COMPOSE["volumes"], name
    assert (DEPLOY / "container" / services["migrate"]["build"]["context"]).resolve() == ROOT
    assert "/healthz" in services["web"]["healthcheck"]["test"][-1]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_the_guide_makes_the_folders_that_units_write_to(path: Path) -> None:
    guide = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    made = {word for line in re.findall(r"`install -d ([^`]+)`", guide) for word in line.split()}
    service = unit(path)["Service"]
    written = {folder for folder in service.get("ReadWritePaths", "").split() if folder != "/srv/guichet/var"}
    if "StateDirectory" in service:
        written.add(f"/var/lib/{service['StateDirectory']}")
    assert written <= made, "a unit does not start where a folder of ReadWritePaths lacks"

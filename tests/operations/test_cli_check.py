"""`python -m app.cli check`: everything at once, each with its cure; and what production refuses of its database."""

from dataclasses import replace

import pytest
from flask import Flask

from app import demonstration, readiness
from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.services.operations.demonstration_traces import DOMAIN
from app.settings import Settings
from app.storage.models import Agent
from tests import factories
from tests.operations.test_cli import environment, run

NAMES = ("environment", "keyring", "origin", "antivirus_url")


def outside(settings: Settings, **more: str) -> dict[str, str]:
    given = {name.upper(): getattr(settings, name) for name in NAMES}
    return environment(settings, **given, TRUSTED_PROXIES="1", **more)


def told(given: dict[str, str]) -> tuple[int, str]:
    outcome = run(given, "check")
    assert "Traceback" not in outcome.stderr
    return outcome.returncode, outcome.stdout


@pytest.mark.slow
@pytest.mark.engines("sqlite")
def test_everything_is_told_at_once_with_its_cure(production: Settings) -> None:
    code, said = told(outside(production, MAIL_URL="smtp://mail.intern?tls=none", SECURITY_CONTACT=""))
    assert code == 2
    for line in (
        "Refused: MAIL_URL reaches mail.intern in clear",
        "Refused: SECURITY_CONTACT is missing",
        "Refused: no service for 01, 02",
        "Run: python -m app.cli services",
        "Warning: no administrator yet. Run: python -m app.cli agents invite",
    ):
        assert line in said, said


@pytest.mark.engines("sqlite")
def test_everybody_whom_a_demonstration_invents_is_recognised(app: Flask) -> None:
    for address in [*(person.email for person in APPLICANTS), *(agent.email for agent in AGENTS)]:
        assert address.endswith(f"@{DOMAIN}")


def test_production_refuses_invented_agents_and_invented_applicants(app: Flask, production: Settings) -> None:
    assert list(readiness.invented_people(production)) == []
    factories.account(email="demo-101@exemple.fr")
    (reason,) = readiness.invented_people(production)
    assert "1 applicants with published passwords" in reason
    assert "app.cli migrate" in reason
    factories.agent()
    Agent.update(email="agent.lyon@exemple.fr").execute()
    (reason,) = readiness.invented_people(production)
    assert "1 applicants and 1 agents" in reason
    assert list(readiness.invented_people(replace(production, environment="demonstration"))) == []


@pytest.mark.slow
@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_on_the_database_of_a_demonstration(
    app: Flask, production: Settings, command: str
) -> None:
    demonstration.seed(app)
    outcome = run(outside(production), command)
    assert outcome.returncode == 2
    assert "Refused: the database of DATABASE_URL holds a demonstration" in outcome.stderr

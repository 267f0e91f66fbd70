"""The commands that make the first administrator, and close an access without a page."""

import re

import pytest

from app.cli.commands import _hint_first_administrator
from app.services.access import sessions
from app.settings import Settings
from app.storage.models import AdministrationRecord, Agent, Outbox, Session
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.operations.test_cli import environment, run

pytestmark = pytest.mark.slow  # commands as processes of their own


def test_the_first_administrator_is_invited_from_a_terminal(app, settings: Settings) -> None:
    given = environment(settings)
    outcome = run(given, "agents", "invite", "Admin@Exemple.fr", "--name", "M. Vidal")
    assert outcome.returncode == 0, outcome.stderr
    made = Agent.get()
    assert (made.email, made.rank, made.service, made.password_hash) == (
        "admin@exemple.fr",
        "administrator",
        None,
        "",
    )
    assert Outbox.get().payload["to"] == "admin@exemple.fr"
    path = re.search(r"https?://[^/]+(/fr/agents/invitation/\S+)", outcome.stdout).group(1)
    app.extensions["clock"].at = AdministrationRecord.get().at
    assert PageClient(app).get(path).status_code == 200
    again = run(given, "agents", "invite", "admin@exemple.fr", "--name", "M. Vidal")
    assert again.returncode == 0
    assert PageClient(app).get(path).status_code == 410
    assert "invited  administrator  -" in run(given, "agents", "list").stdout


def test_what_is_wrong_is_told(app, settings: Settings) -> None:
    given = environment(settings)
    factories.agent(email="taken@exemple.fr")
    for arguments, why in (
        (("x", "--name", "X"), "not an address"),
        (("x@exemple.fr", "--name", " "), "1 to 80"),
        (("x@exemple.fr", "--name", "X", "--rank", "agent"), "--service goes with"),
        (("x@exemple.fr", "--name", "X", "--service", "69"), "--service goes with"),
        (("x@exemple.fr", "--name", "X", "--rank", "agent", "--service", "999"), "no service"),
        (("taken@exemple.fr", "--name", "X"), "an account already"),
    ):
        outcome = run(given, "agents", "invite", *arguments)
        assert (outcome.returncode, why in outcome.stderr) == (2, True), outcome.stderr
        assert "Traceback" not in outcome.stderr
    assert Agent.select().count() == 1


def test_an_access_is_closed_from_a_terminal(app, settings: Settings) -> None:
    given = environment(settings)
    factories.administrator(email="admin@exemple.fr")
    assert run(given, "agents", "close", "admin@exemple.fr").stdout == "Closed.\n"
    assert Agent.get().active is False
    assert run(given, "agents", "close", "admin@exemple.fr").returncode == 2
    assert run(given, "agents", "close", "nobody@exemple.fr").returncode == 2
    assert AdministrationRecord.get().agent is None


def test_starting_without_administrator_says_how_one_comes_to_be(app, capsys) -> None:
    factories.agent()
    factories.administrator(active=False)
    _hint_first_administrator()
    assert "app.cli agents invite" in capsys.readouterr().err
    factories.administrator(password_hash="")
    _hint_first_administrator()
    assert capsys.readouterr().err == ""


def test_sessions_of_a_person_or_of_everybody_are_ended(app, settings: Settings) -> None:
    given = environment(settings)
    account, other, member = factories.account(), factories.account(), factories.agent()
    for person in ({"account": account}, {"account": account}, {"account": other}, {"agent": member}):
        sessions.begin(NOON, **person)
    for nobody in ("account", "account x", f"account {member.id + 999_999}", "session 1"):
        outcome = run(given, "sessions", "end", nobody)
        assert (outcome.returncode, "is nobody" in outcome.stderr) == (2, True)
    assert run(given, "sessions", "end", f"account {account.id}").stdout == "Ended: 2\n"
    assert {(row.account_id, row.agent_id) for row in Session.select()} == {
        (other.id, None),
        (None, member.id),
    }
    assert run(given, "sessions", "end", "everybody").stdout == "Ended: 2\n"
    assert Session.select().count() == 0

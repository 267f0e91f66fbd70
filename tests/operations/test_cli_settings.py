"""What a wrong or missing setting does to the commands, as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from app import serving
from app.settings import ROOT, Settings
from tests import factories
from tests.operations.test_cli import all_done, children, command_line, environment, run, wait_until_healthy
from tests.servers.postgres import Postgres
from tests.servers.process import free_port
from tests.waiting import until

pytestmark = pytest.mark.slow  # commands as processes of their own

COMMANDS = ("serve", "worker", "migrate")
PASSWORD = "hunter2"


@pytest.fixture(scope="module")
def locked(postgres: Postgres) -> str:
    """The address of a database that asks for a password, without the password."""
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "DROP ROLE IF EXISTS guarded"
        )  # of another module that ran between tests of this one
        connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'another'")
        (rules,) = connection.execute("SHOW hba_file").fetchone()
        path = Path(rules)
        path.write_text("host all guarded 127.0.0.1/32 scram-sha-256\n" + path.read_text())
        connection.execute("SELECT pg_reload_conf()")
    return f"127.0.0.1:{postgres.port}/postgres"


def refused(command: str, **given: str) -> str:
    """What a command says that does not start."""
    outcome = run(given, command)
    assert outcome.returncode == 2, outcome.stderr
    assert outcome.stderr.startswith("Refused: ")
    assert "Traceback" not in outcome.stderr
    assert PASSWORD not in outcome.stderr + outcome.stdout
    return outcome.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_of_another_kind(command: str) -> None:
    said = refused(command, DATABASE_URL=f"mysql://user:{PASSWORD}@host/name")
    assert said.startswith("Refused: DATABASE_URL begins with neither sqlite:/// nor postgresql://")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_database_that_does_not_answer(command: str) -> None:
    url = f"postgresql://user:{PASSWORD}@127.0.0.1:{free_port()}/name"
    assert "the database of DATABASE_URL does not open: connection failed" in refused(
        command, DATABASE_URL=url
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_password(command: str, locked: str) -> None:
    said = refused(command, DATABASE_URL=f"postgresql://guarded:{PASSWORD}@{locked}")
    assert 'password authentication failed for user "guarded"' in said


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_no_database(command: str, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("not a database " * 100)
    assert "does not open: file is not a database" in refused(
        command, DATABASE_URL=f"sqlite:///{tmp_path / 'text'}"
    )
    assert "does not open: " in refused(command, DATABASE_URL=f"sqlite:///{tmp_path / 'text' / 'below'}")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_language_without_catalogue(command: str) -> None:
    assert refused(command, LANGUAGES="fr,qq").startswith("Refused: LANGUAGES has qq without")


def test_a_process_of_the_web_server_started_by_hand_refuses_too() -> None:
    with socket.socket() as listening:
        command = serving.web_command(listening, Settings())
    given = {**os.environ, "MAIL_URI": "x", "TRUSTED_PROXIES": "deux"}
    outcome = subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, check=False, timeout=100
    )
    assert outcome.returncode == 2
    assert outcome.stderr.count("Refused: MAIL_URI is not a setting") == 1
    assert outcome.stderr.count("Refused: TRUSTED_PROXIES is 'deux'") == 1
    assert "Traceback" not in outcome.stderr


def test_colours_that_cannot_be_read(tmp_path: Path) -> None:
    given = {"COLOUR_ACCENT": "#ffff00", "STATIC_DIR": str(tmp_path), "REFERENCE_DIR": str(tmp_path)}
    said = refused("assets", **given)
    assert said.startswith("Refused: COLOUR_ACCENT or COLOUR_ACCENT_DARK: #ffff00 on ")


def test_a_port_that_is_none(tmp_path: Path) -> None:
    outcome = run({"DATABASE_URL": f"sqlite:///{tmp_path / 'x'}"}, "serve", "--bind", "127.0.0.1:http")
    assert (outcome.returncode, outcome.stderr) == (
        2,
        "Refused: --bind 127.0.0.1:http: 'http' is not a valid port number.\n",
    )


def test_a_port_that_another_has(database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        bind = f"127.0.0.1:{other.getsockname()[1]}"
        outcome = run({"DATABASE_URL": database_url}, "serve", "--bind", bind)
    assert (outcome.returncode, outcome.stderr) == (2, f"Refused: --bind {bind}: Address already in use.\n")


@pytest.mark.parametrize(
    ("bind", "origin"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("0.0.0.0:9000", "http://127.0.0.1:9000"),
        (":9000", "http://127.0.0.1:9000"),
        ("[::]:9000", "http://[::1]:9000"),
        ("guichet.local:80", "http://guichet.local:80"),
        ("unix:/run/guichet.sock", ""),
    ],
)
def test_the_origin_of_what_is_listened_on(bind: str, origin: str) -> None:
    assert serving.origin_of(bind) == origin


def test_make_run_hands_its_host_over() -> None:
    shown = subprocess.run(
        ["make", "--dry-run", "run", "HOST=0.0.0.0:9000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "app.cli serve --bind 0.0.0.0:9000\n" in shown.stdout


@pytest.mark.engines("sqlite")
def test_links_in_letters_lead_to_the_address_listened_on(app: object, settings: Settings) -> None:
    """Without ORIGIN; processes and threads are those of the settings."""
    factories.filed()
    port = free_port()
    given = environment(settings, WEB_PROCESSES="3", WEB_THREADS="5")
    inherited = {name: value for name, value in os.environ.items() if name != "ORIGIN"}
    command = [sys.executable, "-m", "app.cli", "serve", "--bind", f"0.0.0.0:{port}"]
    service = subprocess.Popen(command, cwd=ROOT, env=inherited | given, stdout=subprocess.PIPE, text=True)
    try:
        wait_until_healthy(port)
        letters = Path(settings.mail_url.removeprefix("file:"))
        until(all_done)
        text = "".join(path.read_text(encoding="utf-8") for path in letters.glob("*.eml"))
        assert f"http://127.0.0.1:{port}/fr/suivi/" in text
        web = [line for line in map(command_line, children(service.pid)) if "app.web_server" in line]
        assert [line.split()[-2:] for line in web] == [["5", "wsgi:app"]] * 3
    finally:
        service.send_signal(signal.SIGTERM)
        said, _ = service.communicate(timeout=100)
    assert f"http://127.0.0.1:{port}  (listening on 0.0.0.0:{port})" in said

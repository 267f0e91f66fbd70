"""Entry points of a deployment, web server, worker and both in one, on a database that is not ready."""

import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from peewee import OperationalError
from playhouse.migrations import Runner

from app import jobs, serving
from app.serving import web_command, worker_command
from app.settings import ROOT, Settings
from app.storage import database
from tests.servers.process import free_port, running
from tests.waiting import until_loops_ended

pytestmark = pytest.mark.slow  # commands as processes of their own

LACKING = ", ".join(sorted(path.stem for path in database.MIGRATIONS.glob("[0-9]*.py")))
REFUSAL = f"Refused: the database lacks {LACKING}. Run: python -m app.cli migrate"
CLI = [sys.executable, "-m", "app.cli"]


def process_of_web_server() -> list[str]:
    """One that ends before it uses its socket."""
    with socket.socket() as listening:
        return web_command(listening, Settings())


def ended(command: list[str], url: str) -> "subprocess.CompletedProcess[str]":
    """A command that ends by itself within half a minute."""
    given = {**os.environ, "DATABASE_URL": url}
    return subprocess.run(
        command, cwd=ROOT, env=given, capture_output=True, text=True, check=False, timeout=100
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (lambda port: [*CLI, "serve", "--bind", f"127.0.0.1:{port}"], 2),
        (lambda port: worker_command(), 2),
        (lambda port: [*CLI, "demo"], 2),
        (lambda port: [*CLI, "outbox"], 2),
        (lambda port: [*CLI, "serve", "--no-worker", "--bind", f"127.0.0.1:{port}"], 2),
        (lambda port: process_of_web_server(), 2),
    ],
    ids=["serve", "worker", "demo", "outbox", "serve --no-worker", "a process of the web server"],
)
def test_an_unmigrated_database_is_refused(
    empty_database_url: str, command: Callable[[int], list[str]], code: int
) -> None:
    refused = ended(command(free_port()), empty_database_url)
    assert refused.returncode == code
    assert refused.stderr.count(REFUSAL) == 1, refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.engines("sqlite")
def test_a_database_of_another_history_is_refused(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "0024_search.py").write_text("def up(migrator, db): pass\n", encoding="utf-8")
    opened = database.open_database(empty_database_url)
    with opened.connection_context():
        Runner(opened, directory=str(tmp_path)).up()
    opened.close_all()
    refused = ended([*CLI, "migrate"], empty_database_url)
    assert refused.returncode == 2
    assert refused.stderr.startswith("Refused: the database went through 0024_search")
    assert "Traceback" not in refused.stderr


def status(port: int, path: str = "/healthz") -> int:
    """What a page answers; 0 as long as nothing does."""
    try:
        return int(urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=100).status)
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def test_a_database_that_is_away_ends_no_web_server(tmp_path: Path) -> None:
    """Were it a reason to end, a process started anew during an outage would stop the whole server."""
    away = {"DATABASE_URL": f"postgresql://postgres@127.0.0.1:{free_port()}/guichet"}
    with serving.listen("127.0.0.1:0") as listening:
        port = listening.getsockname()[1]
        command = web_command(listening, Settings())
        server = running(
            command,
            tmp_path / "log",
            lambda: status(port) == 200,
            environment=away,
            descriptors=(listening.fileno(),),
        )
        with server:
            assert status(port, "/fr/compte/connexion") == 503  # after it was done again for a while
            assert status(port) == 200
            assert "database unavailable" in (tmp_path / "log").read_text(encoding="utf-8")


def test_a_worker_waits_for_a_database_that_is_away(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    tries: list[str] = []

    def look() -> None:
        tries.append("looked")
        if len(tries) == 1:
            raise OperationalError("away")

    def work(*_given: object) -> int:
        tries.append("worked")
        if tries.count("worked") == 2:
            stop.set()
        return 0

    monkeypatch.setattr(jobs, "require_migrated", look)
    monkeypatch.setattr(jobs, "run_row", work)
    monkeypatch.setattr(jobs, "PAUSE_SECONDS", 0)
    jobs.run(app, stop)
    until_loops_ended()
    assert tries[:2] == ["looked", "looked"], "looked at once only"
    assert set(tries[2:]) == {"worked"}  # each lane, until it sees the stop

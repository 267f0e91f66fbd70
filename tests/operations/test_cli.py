"""The commands of an operator, as processes where it matters."""

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli.commands import cli
from app.domain.texts.notices import NoticeKind
from app.services.messages.notices import notify
from app.settings import ROOT, Settings
from app.storage.models import Dossier, Event, Outbox
from tests import factories
from tests.databases import Databases
from tests.fixtures import NOON
from tests.servers.process import free_port
from tests.waiting import until

pytestmark = pytest.mark.slow  # commands as processes of their own

COMMANDS = ("assets", "migrate", "demo", "generate", "serve", "worker", "outbox")


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The environment that makes these settings."""
    names = ["database_url", "files_url", "mail_url", "sms_url", "register_url", "ephoto_url", "static_dir"]
    names += [
        "stamps_url",
        "operator_address",
        "publication_director",
        "hosting",
        "data_contact",
        "source_code_url",
        "security_contact",
    ]
    return {name.upper(): getattr(settings, name) for name in names} | more


def run(given: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """A command as a process of its own: it binds the database, which is one in a process."""
    command = [sys.executable, "-m", "app.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **given}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_misconfigured(command: str) -> None:
    """Every reason, exit code 2, no trace of a program's insides."""
    outcome = CliRunner().invoke(
        cli, [command], env={"ENVIRONMENT": "production", "ORIGIN": "sejour.example", "KEYRING": "short"}
    )
    assert outcome.exit_code == 2
    assert isinstance(outcome.exception, SystemExit)
    for name in (
        "KEYRING",
        "ORIGIN",
        "MAIL_URL",
        "SMS_URL",
        "REGISTER_URL",
        "STAMPS_URL",
        "ANTIVIRUS_URL",
    ):
        assert f"Refused: {name}" in outcome.stderr
    assert "Traceback" not in outcome.output


def test_a_number_that_is_none() -> None:
    outcome = CliRunner().invoke(cli, ["migrate"], env={"TRUSTED_PROXIES": "many"})
    assert outcome.exit_code == 2
    assert "Refused: " in outcome.stderr


@pytest.mark.parametrize("command", ["demo", "generate"])
def test_production_takes_no_invented_people(production: Settings, command: str) -> None:
    more = {
        "ENVIRONMENT": "production",
        "TRUSTED_PROXIES": "1",
        "KEYRING": production.keyring,
        "ORIGIN": production.origin,
        "ANTIVIRUS_URL": production.antivirus_url,
    }
    outcome = CliRunner().invoke(cli, [command], env=environment(production, **more))
    assert outcome.exit_code == 2
    assert "invented data" in outcome.stderr


def test_a_database_is_migrated_once(empty_database_url: str) -> None:
    given = {"DATABASE_URL": empty_database_url}
    first = run(given, "migrate")
    assert (first.returncode, "Migrated: 0001" in first.stdout) == (0, True)
    again = run(given, "migrate")
    assert (again.returncode, again.stdout) == (0, "")


def test_the_operator_sees_what_failed(app: object, settings: Settings) -> None:
    dossier = factories.filed()
    notify(dossier, NoticeKind.TAKEN, NOON)
    Outbox.update(tries=2, error="MailUnavailable").where(Outbox.kind == "mail_notice").execute()
    shown = run(environment(settings), "outbox")
    assert "mail_notice          failed, MailUnavailable, 2 tries" in shown.stdout
    assert "print_attestation    waiting" in shown.stdout
    assert dossier.account.email not in shown.stdout
    assert (shown.returncode, "need you" in shown.stderr) == (1, True), "due in November, and no worker ran"
    retried = run(environment(settings), "outbox", "--retry")
    assert "Due again: 2" in retried.stdout


def test_invented_people_once_and_again(database_url: str, tmp_path: Path) -> None:
    names = ("FILES", "MAIL", "SMS", "REGISTER", "EPHOTO")
    given = {f"{name}_URL": f"file:{tmp_path / name.lower()}" for name in names}
    given["DATABASE_URL"] = database_url
    for arguments, said in ((("demo",), True), (("demo",), False), (("demo", "--again"), True)):
        outcome = run(given, *arguments)
        assert outcome.returncode == 0, outcome.stderr
        assert ("Invented people" in outcome.stdout) is said


def test_a_crowd_for_a_service_that_exists(databases: Databases, engine: str) -> None:
    """On a database that nothing else is connected to: the command refuses any other."""
    given = {"DATABASE_URL": databases.migrated(engine)}
    made = run(given, "generate", "--dossiers", "30", "--service", "69")
    assert (made.returncode, made.stdout) == (0, "30 of 30\n"), made.stderr
    refused = run(given, "generate", "--dossiers", "30", "--service", "6x")
    assert (refused.returncode, refused.stderr) == (
        2,
        "Refused: no service takes applications under the code 6x\n",
    )
    assert run(given, "audit", "verify").stdout == "Whole.\n"


@contextmanager
def started(settings: Settings, port: int) -> Iterator["subprocess.Popen[str]"]:
    """`serve`. What still runs of it at the end is killed: a worker that stayed would do the work of later tests."""
    service = subprocess.Popen(
        [sys.executable, "-m", "app.cli", "serve", "--bind", f"127.0.0.1:{port}"],
        cwd=ROOT,
        env={**os.environ, **environment(settings, ORIGIN=f"http://127.0.0.1:{port}")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield service
    finally:
        with suppress(ProcessLookupError):
            os.killpg(service.pid, signal.SIGKILL)
        service.communicate(timeout=100)


def wait_until_healthy(port: int) -> None:
    """Until the web server answers, at most half a minute."""

    def ask() -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=100) as answer:
                return answer.status == 200
        except OSError:
            return False

    until(ask)


def all_done() -> bool:
    """Whether the worker has done everything that acts asked for."""
    return not Outbox.select().where(Outbox.done_at.is_null()).exists()


def children(pid: int) -> list[int]:
    """The processes that a process started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(status.parent.name))
    return found


def running(pid: int) -> bool:
    """Whether a process runs, and is not only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_line(pid: int) -> str:
    """What a process was started as, "" once it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def test_one_command_serves_works_and_stops(app: object, settings: Settings) -> None:
    factories.filed()
    port = free_port()
    with started(settings, port) as service:
        wait_until_healthy(port)
        until(all_done)
        started_by_it = children(service.pid)
        assert len(started_by_it) == 1 + settings.web_processes
        service.send_signal(signal.SIGTERM)
        said, _ = service.communicate(timeout=100)
        assert service.returncode == 0
        assert f"http://127.0.0.1:{port}" in said
        assert not [pid for pid in started_by_it if Path(f"/proc/{pid}").exists()]


@pytest.mark.engines("sqlite")
def test_a_web_server_without_its_parent_ends(app: object, settings: Settings) -> None:
    """A supervisor that starts it again would find the port taken for ever."""
    port = free_port()
    with started(settings, port) as service:
        wait_until_healthy(port)
        web = [pid for pid in children(service.pid) if "app.web_server" in command_line(pid)]
        (worker,) = set(children(service.pid)) - set(web)
        service.kill()
        until(lambda: not any(running(pid) for pid in web))
        os.kill(worker, signal.SIGKILL)
        service.communicate(timeout=100)  # once all that write to its pipes are gone


@pytest.mark.engines("sqlite")
def test_a_worker_that_dies_is_started_again_and_the_web_server_goes_on(
    app: object, settings: Settings
) -> None:
    port = free_port()
    with started(settings, port) as service:
        wait_until_healthy(port)

        def workers() -> list[int]:
            return [pid for pid in children(service.pid) if "worker" in command_line(pid).split()]

        (worker,) = workers()
        os.kill(worker, signal.SIGKILL)
        until(lambda: workers() not in ([], [worker]))
        wait_until_healthy(port)
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=100)
        assert service.returncode == 0


def test_the_record_is_whole_until_somebody_changes_it(
    app: object, settings: Settings, tmp_path: Path
) -> None:
    factories.filed()
    given = environment(settings)
    noted = run(given, "audit", "heads").stdout
    assert noted.count("\n") == 1
    (tmp_path / "heads").write_text(noted, encoding="utf-8")
    assert run(given, "audit", "verify", "--heads", str(tmp_path / "heads")).stdout == "Whole.\n"
    Event.update(reason="autre").execute()
    outcome = run(given, "audit", "verify")
    assert outcome.returncode == 1
    assert "Broken: dossier 1, event 1 is not as it was written" in outcome.stdout


def test_rights_that_nothing_follows_are_listed(settings: Settings, app: Flask) -> None:
    filed = factories.filed()
    Dossier.update(rights_end=date(2020, 1, 31), in_time=False).where(Dossier.id == filed.id).execute()
    found = run(environment(settings), "attestations", "due", "--days", "0")
    assert (found.returncode, found.stdout.strip()) == (
        1,
        f"69 {filed.reference}: nothing after 2020-01-31, filed late, an agent may grant a certificate",
    )
    Dossier.update(extension="granted", state="in_review").where(Dossier.id == filed.id).execute()
    found = run(environment(settings), "attestations", "due")
    assert found.returncode == 1
    assert "should have been issued by now: is the worker running?" in found.stdout
    Dossier.update(rights_end=date(2999, 1, 31)).where(Dossier.id == filed.id).execute()
    found = run(environment(settings), "attestations", "due")
    assert (found.returncode, found.stdout.strip()) == (0, "Every right is followed.")

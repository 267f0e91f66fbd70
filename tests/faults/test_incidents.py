"""Each sheet of docs/incidents.md rehearsed: the incident provoked, its sign seen, its commands run, the service whole.

`tests/deploy/test_incidents.py` holds that each sheet has a test of its name here.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from app.reference import communes
from app.settings import Settings
from cluster import checker, clocks, objects, people, seeding
from cluster.layout import HOST
from cluster.machine import Machine, machine
from tests.faults.rehearsing import (
    PAGE,
    asked,
    begun,
    filed,
    files,
    letters,
    logged,
    looks,
    rows,
    send,
    status,
    town,
)  # fmt: skip
from tests.servers.postgres import Postgres
from tests.waiting import until

pytestmark = [pytest.mark.engines("postgres"), pytest.mark.timeout(1800)]


@pytest.fixture(scope="module", autouse=True)
def places() -> None:
    """What people type needs the list of communes."""
    communes.open_reference(Settings().reference_dir)


@pytest.fixture(scope="module")
def running() -> Iterator[Machine]:
    """A machine with people, PostgreSQL, an S3 store, a scanner and a mail server."""
    with machine("postgres") as made:
        made.run(("cluster.seeding", "40", "1", "3"))
        yield made


@pytest.fixture
def made(running: Machine) -> Iterator[Machine]:
    """The machine, whole at first and after each rehearsal."""
    until(running.whole, 60, every=0.2)
    try:
        yield running
    finally:  # a rehearsal that failed must not spoil the next ones
        for line in running.lines.values():
            line.mend()
        for given in (("mode", "open"), ("drain", "--off")):
            running.tried(*given)
    until(running.whole, 60, every=0.2)


def test_nobody_can_file(made: Machine) -> None:
    for stop, go in ((("mode", "read-only"), ("mode", "open")), (("drain",), ("drain", "--off"))):
        made.command(*stop)
        until(lambda: not files(made))
        code, told = status(made)
        assert code == 2
        assert "LOOK mode" in told
        assert "Nobody can file now." in told
        made.command(*go)
        until(lambda: files(made))


def test_the_database_is_away(made: Machine) -> None:
    before = made.parts["web"].process
    made.kill("database", stays_down=True)
    page = until(lambda: found if (found := asked(made, "/fr/suivre")).status == 503 else None, every=0.3)
    assert 'href="tel:' in page.text
    lines = until(
        lambda: logged(made, "web", "database unavailable") + logged(made, "worker", "database unavailable")
    )
    assert all(line["reason"] for line in lines)
    made.back("database")
    until(lambda: files(made), 30, every=0.2)
    assert made.parts["web"].process is before, "no restart is needed"


def test_the_service_does_not_answer(made: Machine) -> None:
    refused = made.tried("serve", "--bind", f"{HOST}:{made.port}")
    assert refused.returncode == 2
    assert str(made.port) in refused.stderr
    wrong = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "MAIL_URL": "smtq://here"}
    check = made.tried("check", environment=wrong)
    assert check.returncode == 2
    assert "Refused: MAIL_URL" in check.stdout
    assert asked(made, "/healthz").status == 200


def test_the_worker_is_silent(made: Machine) -> None:
    made.kill("worker", stays_down=True)
    ((newest,),) = rows(made, "SELECT max(at) FROM worker_beat")
    later = clocks.off_by(timedelta(minutes=6), made.home)
    assert "silent: ours, mail" in looks(made, "worker", **later)
    made.back("worker")
    until(
        lambda: (
            rows(made, "SELECT min(newest) FROM (SELECT max(at) newest FROM worker_beat GROUP BY loop) x")[0][
                0
            ]
            > newest
        ),
        90,
    )


def test_letters_do_not_leave(made: Machine) -> None:
    came = letters(made)
    made.lines["mail"].fail("cut")
    filed(made, 1)
    until(lambda: "MailUnavailable" in made.tried("outbox").stdout, 60, every=0.5)
    assert letters(made) == came
    made.lines["mail"].mend()
    assert "Due again" in made.tried("outbox", "--retry").stdout
    until(lambda: letters(made) > came, 60, every=0.2)


def test_the_scanner_is_away(made: Machine) -> None:
    visitor, number = begun(made, 2)
    made.lines["scanner"].fail("cut")
    assert send(made, visitor, number, "passport").status == 303
    state = f"SELECT scan FROM document WHERE name = 'passport-{number}.jpg'"
    waiting = rows(made, state)
    assert looks(made, "scanner")
    made.lines["scanner"].mend()
    until(lambda: rows(made, state) != waiting, 120, every=0.5)
    assert not looks(made, "scanner")


def test_the_store_of_files_is_away(made: Machine) -> None:
    visitor, number = begun(made, 3)
    made.lines["store"].fail("cut")
    assert send(made, visitor, number, "passport").status == 503
    assert visitor.once("GET", PAGE).status == 200
    assert looks(made, "store")
    made.lines["store"].mend()
    until(lambda: send(made, visitor, number, "passport").status == 303, 60, every=1.0)
    made.command("files", "check")


def test_a_file_is_damaged_or_missing(made: Machine) -> None:
    visitor, number = begun(made, 4)
    until(lambda: send(made, visitor, number, "passport").status == 303, 60, every=1.0)
    kept = made.home / "kept"
    made.command("backup", "make", str(kept))
    ((key,),) = rows(made, f"SELECT key FROM document WHERE name = 'passport-{number}.jpg'")
    assert made.store
    objects.damage(made.store, key)
    found = made.tried("files", "check", "--deep")
    assert found.returncode == 1
    assert f"Damaged: {key}" in found.stdout
    assert "1 of 1 files are whole again." in made.command("files", "repair", "--from", f"file:{kept}/files")
    made.command("files", "check", "--deep")


def test_a_clock_is_off(made: Machine) -> None:
    wrong = clocks.off_by(timedelta(hours=2), made.home)
    assert looks(made, "clock", **wrong).startswith("7")  # thousand seconds
    made.command("drain")
    until(lambda: asked(made, "/healthz").status == 503)
    made.command("drain", "--off")
    until(lambda: asked(made, "/healthz").status == 200)


def test_people_see_errors(made: Machine) -> None:
    visitor, number = begun(made, 5)
    made.lines["store"].fail("cut")
    page = send(made, visitor, number, "passport")
    made.lines["store"].mend()
    told = re.search(r"E-[0-9A-F]{4}-[0-9A-F]{4}", page.text)
    assert page.status == 503
    assert told
    lines = [line for line in logged(made, "web", "request") if line.get("request") == told.group()]
    assert [line["status"] for line in lines] == [503]
    figures = asked(made, "/metrics").text
    assert re.search(
        rf'guichet_requests_total{{[^}}]*endpoint="{lines[0]["endpoint"]}"[^}}]*status="503"', figures
    )


def test_the_service_is_slow(made: Machine) -> None:
    before = len(logged(made, "web", "slow request"))
    made.freeze("database")
    people.threading.Timer(1.5, made.back, ["database"]).start()
    assert asked(made, "/fr/compte/connexion").status in (200, 503)
    slow = until(lambda: logged(made, "web", "slow request")[before:])
    assert slow[0]["endpoint"]


def test_data_is_lost(made: Machine) -> None:
    filed(made, 6)
    kept, noted, heads = made.home / "kept", made.home / "erased", made.home / "heads"
    made.command("mode", "maintenance")
    until(lambda: asked(made, "/fr/").status == 503)
    made.command("backup", "make", str(kept))
    noted.write_text(made.command("erasures", "list"), encoding="utf-8")
    heads.write_text(made.command("audit", "heads"), encoding="utf-8")
    with psycopg.connect(Postgres(made.database_port).url("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE elsewhere")
    elsewhere = {
        "DATABASE_URL": Postgres(made.database_port).url("elsewhere"),
        "FILES_URL": f"file:{made.home / 'elsewhere'}",
    }
    for given in (
        ("backup", "restore", str(kept)), ("backup", "verify", str(kept)), ("erasures", "again", str(noted)),
        ("audit", "verify", "--heads", str(heads)),
    ):  # fmt: skip
        done = made.tried(*given, environment=elsewhere)
        assert done.returncode == 0, (given, done.stdout, done.stderr)
    made.command("mode", "open")
    until(lambda: asked(made, "/fr/").status == 200)


def test_somebody_had_access(made: Machine) -> None:
    email = seeding.agent(3)
    visitor = people.officer_in(town(made), email)
    assert visitor.get(people.QUEUE).status == 200
    made.command("agents", "close", email)
    assert visitor.get(people.QUEUE).status in (302, 303)
    assert "begin to write" in made.command("keys", "rotate")
    (paper,) = re.findall(
        r"^papers +(\w+).* reads$|^papers +(\w+).* writes$", made.command("keys", "list"), re.M
    )
    made.command("keys", "revoke", next(filter(None, paper)))


def test_rights_are_not_extended(made: Machine) -> None:
    reference = filed(made, 7)
    email = seeding.agent(1)
    place = town(made)
    people.act(place, people.officer_in(place, email), reference, "take", email)
    made.kill("worker", stays_down=True)
    later = clocks.off_by(timedelta(days=92), made.home)
    due = made.tried("attestations", "due", "--days", "7", environment=later)
    assert due.returncode == 1
    assert f"{reference}: nothing after" in due.stdout
    assert "is the worker running?" in due.stdout
    made.parts["worker"].environment = made.settings() | later
    made.back("worker")
    until(
        lambda: reference not in made.tried("attestations", "due", "--days", "7", environment=later).stdout,
        90,
        every=1.0,
    )


def fill(path: Path) -> None:
    """Write into a file until the disk is full."""
    with path.open("wb", buffering=0) as file:
        while file.write(bytes(2**16)):
            pass


def test_the_disk_fills_up() -> None:
    with machine("sqlite", room="240m") as small:
        small.run(("cluster.seeding", "4", "1", "1"))
        assert looks(small, "room")
        visitor, number = begun(small, 1)
        filler = small.home / "filler"
        with pytest.raises(OSError, match="No space left"):
            fill(filler)
        code, told = status(small)
        assert (code, "LOOK disk" in told) == (2, True)
        assert send(small, visitor, number, "passport").status == 503
        assert visitor.once("GET", PAGE).status == 200
        filler.unlink()
        until(lambda: send(small, visitor, number, "passport").status == 303, 60, every=1.0)
        small.command("audit", "verify")
        small.command("files", "check", "--deep")
        assert (number, "passport", f"passport-{number}.jpg") in found_in(small).files


def found_in(made: Machine) -> checker.Found:
    """What there is on a machine."""
    with made.rows() as opened:
        return checker.read(opened, made.has_object(), made.desks)

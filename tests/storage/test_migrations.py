"""Migrations: frozen once landed, one at a time, and what they do to rows that are already there."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from peewee import Database, IntegrityError, SqliteDatabase
from playhouse.migrations import Runner

from app.storage import database
from app.storage.database import MIGRATIONS
from app.storage.models import TABLES
from tests.databases import Databases
from tests.storage.rows import HISTORY, contents, fill, lost, tables

LANDED = Path(__file__).parent / "migrations.json"  # the digest of each file that is in the main branch

ONLY_ADD = "0016"  # from this one on, the version before a migration runs on the schema after it

Add = Callable[[str], str]


def problems(folder: Path) -> list[str]:
    """What is wrong with a folder of migrations, beside what landed."""
    landed: dict[str, str] = json.loads(LANDED.read_text(encoding="utf-8"))
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.py")}
    changed = [name for name, digest in landed.items() if there.get(name) != digest]
    new = [f'"{name}": "{digest}"' for name, digest in there.items() if name not in landed]
    return [
        *(
            f"{name} has landed, databases went through it: restore it, write a new migration"
            for name in changed
        ),
        *(f"{line} lacks in {LANDED.name}" for line in new),
    ]


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the migrations, to which a test adds its own."""
    return Path(shutil.copytree(MIGRATIONS, tmp_path / "migrations", ignore=shutil.ignore_patterns("__*")))


@pytest.fixture
def add(copied: Path) -> Add:
    """Write the next migration into the copy; its name."""

    def write(body: str) -> str:
        last = max(int(path.name.partition("_")[0]) for path in copied.glob("*.py"))
        name = f"{last + 1:04d}_next"
        (copied / f"{name}.py").write_text(body, encoding="utf-8")
        return name

    return write


@pytest.fixture
def opened(empty_database_url: str) -> Iterator[Database]:
    """A database without tables, bound to the models."""
    before = database.database.obj
    opened = database.bind(empty_database_url)
    yield opened
    opened.close_all()
    database.database.initialize(before)


def test_what_landed_is_frozen() -> None:
    assert problems(MIGRATIONS) == []


def test_a_landed_migration_that_changes_and_a_new_one_are_told(copied: Path, add: Add) -> None:
    first = copied / "0001_schema.py"
    first.write_text(first.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    name = add("def up(migrator, db): pass")
    changed, new = problems(copied)
    assert changed.startswith("0001_schema.py has landed")
    assert changed.endswith("write a new migration")
    assert re.fullmatch(rf'"{name}\.py": "[0-9a-f]{{64}}" lacks in migrations\.json', new)
    first.unlink()
    assert problems(copied)[0].startswith("0001_schema.py has landed")


def test_numbers_follow_one_another() -> None:
    """Two branches that took the same number, or a hole, would leave an order that depends on the database."""
    names = sorted(path.name for path in MIGRATIONS.glob("*.py"))
    assert [int(name.partition("_")[0]) for name in names] == list(range(1, len(names) + 1))


@pytest.fixture
def filled(databases: Databases, engine: str) -> Iterator[Database]:
    """A database with every table of today and two rows in each, bound to the models."""
    url = databases.migrated(engine)
    before = database.database.obj
    opened = database.bind(url)
    with opened.connection_context():
        fill(opened, tables(opened))
    yield opened
    opened.close_all()
    database.database.initialize(before)
    databases.drop(url)


def migrate_on_rows(opened: Database, folder: Path) -> None:
    """Run each migration that a database lacks on the rows that were written at each schema before it.

    Whatever a migration takes away or rewrites, it names: `CHANGES = {"account.phone", "notice"}`. Everything else
    comes through as it was.
    """
    with opened.connection_context():
        runner = Runner(opened, directory=str(folder))
        ran = set(runner.applied())
        known = tables(opened)
        for migration in runner.migrations():
            if migration.name in ran:
                continue
            before = contents(opened, known)
            runner.up(migration.name)
            changes = getattr(migration.load(), "CHANGES", set())
            now = tables(opened)
            assert lost(before, contents(opened, now)) == changes, migration.name
            if isinstance(opened, SqliteDatabase):  # which enforces no foreign key while a migration runs
                assert opened.execute_sql("PRAGMA foreign_key_check").fetchall() == []
            # The previous version still runs, and writes rows without what is new.
            fill(opened, now, known if migration.name >= ONLY_ADD else ())
            known = now


def test_rows_of_every_schema_come_through_and_are_read(opened: Database) -> None:
    migrate_on_rows(opened, MIGRATIONS)
    steps = len(list(MIGRATIONS.glob("*.py")))
    with opened.connection_context():
        assert {table.table_name() for table in TABLES} == set(opened.get_tables()) - {HISTORY}
        for table in TABLES:
            assert len(list(table.select())) >= 2, table
        assert len(list(TABLES[0].select())) == 2 * steps


GROWS = """from peewee import *

CHANGES = {"account.phone", "muted_reminder"}


def up(migrator, db):
    migrator.migrate(
        migrator.add_column(
            "account", "nickname", CharField(max_length=20, default="", constraints=[SQL("DEFAULT ''")])
        ),
        migrator.drop_table("muted_reminder"),
    )
    db.execute_sql("UPDATE account SET nickname = phone, phone = '+33600000000'")
"""


def test_a_migration_says_what_it_changes(filled: Database, copied: Path, add: Add) -> None:
    add(GROWS)
    migrate_on_rows(filled, copied)
    with filled.connection_context():
        found = filled.execute_sql("SELECT phone, nickname FROM account ORDER BY id").fetchall()
        assert found[0] == ("+33600000000", "1")
        assert len(found) == 4, "two rows of each schema"


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM notice WHERE dossier_id IS NULL", "notice"),
        ("UPDATE outbox SET kind = 'x'", "outbox.kind"),
        ("ALTER TABLE sequence DROP COLUMN last", "sequence.last"),
        ("DROP TABLE throttle", "throttle"),
    ],
)
def test_what_a_migration_takes_away_unsaid_is_seen(
    filled: Database, copied: Path, add: Add, statement: str, named: str
) -> None:
    name = add(f'def up(migrator, db):\n    db.execute_sql("{statement}")\n')
    with pytest.raises(AssertionError, match=name) as seen:
        migrate_on_rows(filled, copied)
    assert f"{{'{named}'}}" in str(seen.value)


def test_a_column_that_the_version_before_cannot_leave_out_is_seen(
    filled: Database, copied: Path, add: Add
) -> None:
    """Old code on the new schema answered 500 to every step of an application: an upgrade stopped everything."""
    column = 'CharField(max_length=20, default="")'  # of Python alone
    act = f'migrator.migrate(migrator.add_column("account", "nick", {column}))'
    add(f"from peewee import *\n\n\ndef up(migrator, db):\n    {act}\n")
    with pytest.raises(IntegrityError, match="nick"):
        migrate_on_rows(filled, copied)


def test_a_migration_that_only_empty_tables_allow_is_seen(filled: Database, copied: Path, add: Add) -> None:
    add('def up(migrator, db):\n    migrator.migrate(migrator.add_index("account", ("language",), True))\n')
    with pytest.raises(IntegrityError):
        migrate_on_rows(filled, copied)


SLOW = """import time


def up(migrator, db):
    time.sleep(0.5)
    db.execute_sql("CREATE TABLE slow (id INTEGER)")
"""


def test_two_that_migrate_at_once_run_each_migration_once(
    opened: Database, copied: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thread has a connection of its own, as each host has."""
    add(SLOW)
    names = sorted(path.stem for path in copied.glob("*.py"))
    monkeypatch.setattr(database, "MIGRATIONS", copied)
    with ThreadPoolExecutor(3) as hosts:
        ran = [host.result() for host in [hosts.submit(database.migrate) for _ in range(3)]]
    assert sorted(ran) == [[], [], names]
    assert database.pending() == []


HALF = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE half (id INTEGER)')\n"


def test_a_migration_that_fails_leaves_neither_half_nor_lock(
    opened: Database, copied: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = add(f"{HALF}    1 / 0\n")
    monkeypatch.setattr(database, "MIGRATIONS", copied)
    with pytest.raises(ZeroDivisionError):
        database.migrate()
    if not isinstance(opened, SqliteDatabase):  # the session goes on in the pool, and would lock anew at once
        with opened.connection_context():
            held = opened.execute_sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            assert held.fetchone() == (0,)
    assert database.pending() == [name], "what ran before it stays"
    with pytest.raises(database.Unmigrated, match=f"lacks {name}. Run: python -m app.cli migrate"):
        database.require_migrated()
    (copied / f"{name}.py").write_text(HALF, encoding="utf-8")
    assert database.migrate() == [name]


def test_the_version_before_runs_on_while_the_next_one_arrives(
    opened: Database, copied: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(HALF)
    with monkeypatch.context() as next_one:
        next_one.setattr(database, "MIGRATIONS", copied)
        database.migrate()
    database.require_migrated()
    assert database.migrate() == []


def test_a_database_of_another_history_is_left_alone(opened: Database, tmp_path: Path) -> None:
    (tmp_path / "0024_search.py").write_text("def up(migrator, db): pass\n", encoding="utf-8")
    with opened.connection_context():
        Runner(opened, directory=str(tmp_path)).up()
    with pytest.raises(database.OtherHistory, match="went through 0024_search, and not through 0001_schema"):
        database.migrate()
    with opened.connection_context():
        assert opened.get_tables() == [HISTORY]


@pytest.mark.parametrize(
    ("journey", "state", "kind", "revoked", "ends"),
    [
        ("domicile", "in_review", "depot", False, "9999-12-31"),
        ("valider-visa", "favourable", "validation", False, "9999-12-31"),
        ("etudiant", "in_review", "prolongation", False, "2026-01-01"),
        ("etudiant", "favourable", "favorable", False, "9999-12-31"),
        ("etudiant", "favourable", "favorable", True, "2026-01-01"),
        ("etudiant", "in_review", "favorable", False, "2026-01-01"),
    ],
)
def test_rights_that_no_day_ends_lose_their_end(
    opened: Database, copied: Path, journey: str, state: str, kind: str, revoked: bool, ends: str
) -> None:
    for path in copied.glob("*.py"):
        if path.name >= "0007":
            path.unlink()
    with opened.connection_context():
        Runner(opened, directory=str(copied)).up()
        fill(opened, tables(opened))
        revocation = "" if revoked else ", revoked_at = NULL"
        opened.execute_sql(f"UPDATE attestation SET kind = '{kind}'{revocation}")
        opened.execute_sql(f"UPDATE dossier SET journey = '{journey}', state = '{state}'")
        opened.execute_sql("DELETE FROM attestation WHERE revoked_at IS NULL" if revoked else "SELECT 1")
        shutil.copy(MIGRATIONS / "0007_ends_of_rights.py", copied)
        Runner(opened, directory=str(copied)).up()
        (first, _bare) = opened.execute_sql("SELECT rights_end FROM dossier ORDER BY id").fetchall()
    assert str(first[0]) == ends

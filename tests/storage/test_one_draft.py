"""One draft of a procedure for each applicant: what the migration makes of two, and what the index refuses."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from peewee import Database

from app.services.applications import dossiers
from app.storage import database
from app.storage.models import Account, Document, Dossier
from tests import factories
from tests.fixtures import NOON
from tests.on_offer import STUDENT_RENEWAL
from tests.storage.migrating import before, insert, rows


@pytest.fixture
def opened(empty_database_url: str) -> Iterator[Database]:
    """A database as it was before the migration."""
    with before("0004_one_draft", empty_database_url) as opened:
        yield opened


def draft(
    opened: Database,
    of: int,
    day: int,
    answers: dict[str, Any],
    journey: str = "etudiant",
    state: str = "draft",
) -> int:
    """Begin an application on a day of November; its id."""
    at = f"2026-11-{day:02d} 10:00:00"
    columns = {"account_id": of, "journey": journey, "state": state, "created_at": at, "saved_at": at}
    return insert(opened, "dossier", **columns, answers=json.dumps(answers), identity="{}")


def test_two_drafts_become_one_that_has_what_either_had(opened: Database) -> None:
    person, other = (insert(opened, "account", email=f"{one}@exemple.fr", identity="{}") for one in "ab")
    old = draft(opened, person, 1, {"town": "Lyon", "phone": "1"})
    ghost = draft(opened, person, 2, {"town": "Paris", "phone": "2", "school": "Lettres"})
    kept = draft(opened, person, 3, {"phone": "3"})
    apart = [
        draft(opened, person, 1, {}, journey="visiteur"),
        draft(opened, person, 1, {}, state="filed"),
        draft(opened, person, 1, {}, state="filed"),
        draft(opened, other, 1, {}),
    ]
    files = {
        insert(opened, "document", dossier_id=of, key=f"k{of}", slot="passport") for of in (old, ghost, kept)
    }
    for of, slot, text in ((ghost, "passport", "a"), (kept, "passport", "the last"), (ghost, "rent", "only")):
        insert(opened, "explanation", dossier_id=of, slot=slot, text=text)
    for of in (old, ghost):
        insert(opened, "photo_code", dossier_id=of, code=f"CODE{of}")
    stamp = f"VALUES ('1', {old}, '2026-11-01 10:00:00')"
    opened.execute_sql(f"INSERT INTO used_stamp (number, dossier_id, reserved_at) {stamp}")
    database.migrate()
    dossiers_left = {row["id"]: row for row in rows(opened, "dossier")}
    assert dossiers_left.keys() == {kept, *apart}
    answers = dossiers_left[kept]["answers"]
    answers = json.loads(answers) if isinstance(answers, str) else answers
    assert answers == {"town": "Paris", "phone": "3", "school": "Lettres"}
    assert {row["id"] for row in rows(opened, "document") if row["dossier_id"] == kept} == files
    told = {(row["slot"], row["text"]) for row in rows(opened, "explanation") if row["dossier_id"] == kept}
    assert told == {("passport", "the last"), ("rent", "only")}
    assert [(row["dossier_id"], row["code"]) for row in rows(opened, "photo_code")] == [
        (kept, f"CODE{ghost}")
    ]
    assert [row["dossier_id"] for row in rows(opened, "used_stamp")] == [kept]


def test_twelve_first_saves_at_once_make_one_draft(app: Flask) -> None:
    """Looked for, then created: PostgreSQL made two or three."""
    person = factories.account()

    def begin(_turn: int) -> int:
        with database.database.connection_context():
            return int(dossiers.begin(Account.get_by_id(person.id), STUDENT_RENEWAL, NOON).id)

    with ThreadPoolExecutor(12) as tabs:
        begun = set(tabs.map(begin, range(12)))
    assert len(begun) == 1
    assert [row.id for row in Dossier.select()] == list(begun)


def test_the_id_of_a_removed_row_is_never_given_again(app: Flask) -> None:
    """A removal sent twice would take away the next file: SQLite gives the highest id again unless told otherwise."""
    draft = factories.draft()
    first = factories.document(draft, "passport")
    Document.delete().where(Document.id == first.id).execute()
    assert factories.document(draft, "passport").id > first.id


@pytest.mark.engines("sqlite")
def test_every_table_numbers_its_rows_so_and_migrating_again_changes_nothing(app: Flask) -> None:
    statement = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE '%PRIMARY KEY%'"
    there = dict(database.database.execute_sql(statement).fetchall())
    assert len(there) > 40
    assert not [name for name, sql in there.items() if '"id" INTEGER' in sql and "AUTOINCREMENT" not in sql]
    version = database.database.execute_sql("PRAGMA schema_version").fetchone()
    database.never_give_an_id_again()
    assert database.database.execute_sql("PRAGMA schema_version").fetchone() == version
    assert database.database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)

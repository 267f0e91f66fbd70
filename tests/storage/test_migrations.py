"""What a migration does to rows that are already there."""

import pytest
from playhouse.migrations import Runner

from app.storage import database

_ACCOUNT = """INSERT INTO account (foreign_number, email, password_hash, language, phone, identity, created_at)
VALUES ('{0}', '{0}@exemple.fr', '', 'fr', '{1}', '{{}}', '2026-01-01 00:00:00')"""
_DOSSIER = """INSERT INTO dossier (account_id, journey, journey_version, state, answers, identity, sealed, in_time,
search, created_at, saved_at) SELECT id, 'etudiant', 1, '{1}', '{{}}', '{{}}', {2}, {3}, '',
'2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM account WHERE foreign_number = '{0}'"""


@pytest.fixture
def before(empty_database_url):
    """A database as it was before the reminders."""
    kept = database.database.obj
    opened = database.bind(empty_database_url)
    names = sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))
    place = next(number for number, name in enumerate(names) if name.endswith("_reminders"))
    with opened.connection_context():
        runner = Runner(opened, directory=str(database.MIGRATIONS))
        runner.up(names[place - 1])
        yield opened, runner, names[place]
    opened.close_all()
    database.database.initialize(kept)


def test_the_telephone_last_declared_becomes_the_accounts(before):
    opened, runner, name = before
    no = "0" if "sqlite" in type(opened).__name__.lower() else "false"
    for number, phone in (("1", ""), ("2", ""), ("3", "+33600000009")):
        opened.execute_sql(_ACCOUNT.format(number, phone))
    rows = [
        ("1", "filed", """'{"phone": "+33600000001"}'"""),
        ("1", "filed", """'{"phone": "+33600000002"}'"""),
        ("2", "draft", "NULL"),
        ("3", "filed", """'{"phone": "+33600000003"}'"""),
    ]
    for number, state, sealed in rows:
        opened.execute_sql(_DOSSIER.format(number, state, sealed, no))
    runner.up(name)
    found = opened.execute_sql("SELECT foreign_number, phone FROM account ORDER BY foreign_number").fetchall()
    assert [tuple(row) for row in found] == [("1", "+33600000002"), ("2", ""), ("3", "+33600000009")]
    runner.down()
    runner.up(name)


def test_people_without_number_are_told_apart_when_the_schema_goes_back(empty_database_url):
    kept = database.database.obj
    opened = database.bind(empty_database_url)
    names = sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))
    place = next(number for number, name in enumerate(names) if name.endswith("_visas"))
    with opened.connection_context():
        runner = Runner(opened, directory=str(database.MIGRATIONS))
        runner.up(names[place])
        for number in ("1", "2"):
            opened.execute_sql(_ACCOUNT.format(number, ""))
        opened.execute_sql("UPDATE account SET foreign_number = NULL")
        runner.down()
        found = opened.execute_sql("SELECT foreign_number FROM account").fetchall()
        assert len({number for (number,) in found}) == 2
        assert all(number.startswith("V") for (number,) in found)
        assert "recovery" not in opened.get_tables()
        runner.up()
        assert {"entry", "recovery"} <= set(opened.get_tables())
    opened.close_all()
    database.database.initialize(kept)

"""What a migration does to rows that are already there."""

from itertools import pairwise

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


_EVENT = """INSERT INTO event (dossier_id, action, role, agent_id, at, reason)
SELECT id, '{1}', 'agent', {3}, '{2}', '' FROM dossier WHERE search = '{0}'"""


def _one_service_and_two_dossiers(opened):
    """Its agent, and two dossiers: `whole`, which it has, and `draft`, which nobody has."""
    opened.execute_sql(
        "INSERT INTO service (code, department, name, city, collection_place, help_place, site, address, active) "
        "VALUES ('69', '69', 'Lyon', 'Lyon', '', '', '', '', '1')"
    )
    opened.execute_sql(
        "INSERT INTO agent (service_id, rank, email, name, search, password_hash, totp_secret, totp_last_step, "
        "language, active) SELECT id, 'agent', 'a@exemple.fr', 'A', '', '', '', 0, 'fr', '1' FROM service"
    )
    no = "0" if "sqlite" in type(opened).__name__.lower() else "false"
    opened.execute_sql(_ACCOUNT.format("1", ""))
    for name in ("whole", "draft"):
        row = _DOSSIER.format("1", "favourable", "NULL", no).replace("search", "search, extension, with_card")
        opened.execute_sql(row.replace("'',\n", f"'{name}', '', '1',\n"))
    opened.execute_sql("UPDATE dossier SET service_id = (SELECT id FROM service) WHERE search = 'whole'")


def test_stages_that_were_over_are_told_by_their_events(empty_database_url):
    kept = database.database.obj
    opened = database.bind(empty_database_url)
    names = sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))
    place = next(number for number, name in enumerate(names) if name.endswith("_figures"))
    with opened.connection_context():
        runner = Runner(opened, directory=str(database.MIGRATIONS))
        runner.up(names[place - 1])
        _one_service_and_two_dossiers(opened)
        agent = "(SELECT id FROM agent)"
        for action, at, by in (
            ("submit", "2026-01-01 10:00:00", "NULL"),
            ("take", "2026-01-04 22:30:00", agent),  # 23:30 in Paris
            ("ask", "2026-01-05 10:00:00", agent),
            ("correct", "2026-01-06 10:00:00", "NULL"),
            ("answer", "2026-01-15 10:00:00", "NULL"),
            ("approve", "2026-07-01 22:30:00", agent),  # the day after, in Paris
        ):
            opened.execute_sql(_EVENT.format("whole", action, at, by))
        opened.execute_sql(_EVENT.format("draft", "submit", "2026-01-01 10:00:00", "NULL"))
        runner.up(names[place])
        found = opened.execute_sql(
            "SELECT stage, days, outcome, agent_id FROM stage_time ORDER BY days"
        ).fetchall()
        assert [(stage, days, outcome, agent is None) for stage, days, outcome, agent in found] == [
            ("taking", 3, "in_review", False),
            ("waiting", 10, "complement_received", True),
            ("deciding", 179, "favourable", False),
            ("whole", 182, "favourable", False),
        ]
        runner.down()
        assert not {"stage_time", "delay_figure", "export_record"} & set(opened.get_tables())
        runner.up()
    opened.close_all()
    database.database.initialize(kept)


def test_members_are_found_and_stay_signed_in_when_lists_of_them_come(empty_database_url):
    kept = database.database.obj
    opened = database.bind(empty_database_url)
    names = sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))
    place = next(number for number, name in enumerate(names) if name.endswith("_people"))
    with opened.connection_context():
        runner = Runner(opened, directory=str(database.MIGRATIONS))
        runner.up(names[place - 1])
        yes, no = ("1", "0") if "sqlite" in type(opened).__name__.lower() else ("true", "false")
        opened.execute_sql(
            "INSERT INTO agent (email, name, rank, password_hash, totp_secret, totp_last_step, language, active) "
            f"VALUES ('e.petit@exemple.fr', 'Éva Petit', 'administrator', 'x', 'y', 0, 'fr', {yes})"
        )
        opened.execute_sql(
            "INSERT INTO session (digest, agent_id, second_factor, created_at, seen_at) "
            f"SELECT 'd', id, {no}, '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM agent"
        )
        runner.up(names[place])
        found = opened.execute_sql("SELECT search FROM agent").fetchall()
        assert [tuple(row) for row in found] == [("eva petit e.petit@exemple.fr",)]
        runner.down()
        assert len(opened.execute_sql("SELECT id FROM session").fetchall()) == 1
        assert "spare_code" not in opened.get_tables()
        runner.up()
        assert {"agent_link", "spare_code", "administration_record"} <= set(opened.get_tables())
        assert len(opened.execute_sql("SELECT id FROM session").fetchall()) == 1
    opened.close_all()
    database.database.initialize(kept)


_FILED = """INSERT INTO dossier (account_id, service_id, journey, journey_version, state, answers, identity, in_time,
with_card, extension, reference, search, created_at, saved_at) SELECT account.id, service.id, 'etudiant', 1, 'filed',
'{{}}', '{0}', {1}, {1}, '', '69-2026-000123-6', 'nguyen', '2026-01-01 00:00:00', '2026-01-01 00:00:00'
FROM account, service"""
_SERVICE = """INSERT INTO service (code, department, name, city, collection_place, help_place, site, address, active)
VALUES ('69', '69', 'Lyon', 'Lyon', '', '', '', '', {0})"""


def test_what_was_filed_before_is_found_by_words(empty_database_url):
    kept = database.database.obj
    opened = database.bind(empty_database_url)
    yes = "1" if "sqlite" in type(opened).__name__.lower() else "true"
    person = '{"surname": "Nguyễn", "given_names": "Éric", "foreign_number": "9920000137"}'
    words = {"nguyen", "eric", "9920000137", "6920260001236", "0001236"}
    with opened.connection_context():
        runner = Runner(opened, directory=str(database.MIGRATIONS))
        names = sorted(path.stem for path in database.MIGRATIONS.glob("0*.py"))
        runner.up(next(before for before, name in pairwise(names) if name.endswith("_search")))
        opened.execute_sql(_SERVICE.format(yes))
        opened.execute_sql(_ACCOUNT.format("1", ""))
        opened.execute_sql(_FILED.format(person, yes))
        runner.up()
        rows = opened.execute_sql("SELECT word, dossier_id, service_id FROM search_word").fetchall()
        assert {tuple(row) for row in rows} == {(word, 1, 1) for word in words}
        runner.down()
        ((column,),) = opened.execute_sql("SELECT search FROM dossier").fetchall()
        assert set(column.split()) == words
        runner.up()
    opened.close_all()
    database.database.initialize(kept)

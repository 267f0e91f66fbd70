"""People file through PgBouncer in transaction mode, which gives each transaction whichever server connection is free."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from app import jobs
from app.domain.procedures.student import STUDENT_RENEWAL
from app.storage.database import database, open_database
from app.storage.models import Dossier, Outbox
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.servers import pgbouncer
from tests.servers.postgres import Postgres
from tests.web.forms import filled
from tests.web.procedures import forms, holder

pytestmark = [pytest.mark.engines("postgres"), pytest.mark.slow]
PEOPLE = 3
ROOT = "/fr/demande/etudiant"


@pytest.fixture
def pooled(app: Flask, postgres: Postgres, database_url: str) -> Iterator[Flask]:
    """The service behind a pooler."""
    direct = database.obj
    with pgbouncer.before(postgres) as pooler:
        url = database_url.replace(f":{postgres.port}/", f":{pooler.port}/")
        through = open_database(f"{url}?options=", 10)
        database.initialize(through)
        yield app
        through.close_all()
        database.initialize(direct)


def test_three_people_file_at_once_through_a_pooler(pooled: Flask, visitor: Callable[[], PageClient]) -> None:
    with database.connection_context():
        factories.service()
        people = [holder(STUDENT_RENEWAL) for _person in range(PEOPLE)]
        browsers = [visitor().sign_in(person) for person in people]

    def file(number: int) -> str:
        with database.connection_context():
            for step in forms(STUDENT_RENEWAL):
                page = f"{ROOT}/{step.slug}"
                browsers[number].get(page)
                assert browsers[number].post(page, filled(step)).status_code == 303
            draft = Dossier.get(Dossier.account == people[number])
            factories.complete(draft, f"{number:022d}")
            browsers[number].get(f"{ROOT}/recapitulatif")
            assert browsers[number].post(f"{ROOT}/deposer", {"sworn": "yes"}).status_code == 303
            return str(Dossier.get_by_id(draft.id).reference)

    with ThreadPoolExecutor(PEOPLE) as threads:
        references = set(threads.map(file, range(PEOPLE)))
    with database.connection_context():
        assert len(references) == PEOPLE
        assert Dossier.select().where(Dossier.state == "filed").count() == PEOPLE
        while jobs.run_once(pooled, NOON):
            pass
        assert not Outbox.select().where(Outbox.tries > 0).exists()

"""What is taken in while an operator closes the service, or lets it be read only."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import jobs
from app.jobs.work import NEVER
from app.services.operations import modes as set_by_operators
from app.services.operations.modes import Mode
from app.storage.models import Attestation, Outbox
from app.web.access import modes
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON

pytestmark = pytest.mark.engines("sqlite")
Visitor = Callable[[], PageClient]
Put = Callable[[Mode], None]


@pytest.fixture
def put(app: Flask) -> Iterator[Put]:
    """What an operator sets, as the service sees it a little later."""

    def change(wanted: Mode) -> None:
        set_by_operators.set_mode(wanted, NOON)
        modes.look(app)

    yield change
    change(Mode.OPEN)


def test_read_only_lets_people_fetch_their_papers_and_takes_nothing_in(
    app: Flask, visitor: Visitor, put: Put
) -> None:
    account = factories.account()
    filed = factories.filed(account=account)
    while jobs.run_once(app, NOON):
        pass
    paper = Attestation.get(Attestation.dossier == filed.id)
    put(Mode.READ_ONLY)
    client = visitor().sign_in(account)
    assert client.get("/fr/suivi/").status_code == 200
    assert client.client.get(f"/fr/attestations/{paper.code}.pdf").data.startswith(b"%PDF")
    refused = client.client.post("/fr/demande/etudiant/sejour", data={"csrf_token": "x"})
    assert refused.status_code == 503
    assert "se consulte seulement" in refused.text
    put(Mode.OPEN)
    assert client.client.post("/fr/demande/etudiant/sejour", data={"csrf_token": "x"}).status_code != 503


def test_maintenance_closes_everything_but_what_machines_ask(app: Flask, visitor: Visitor, put: Put) -> None:
    put(Mode.MAINTENANCE)
    client = app.test_client()
    assert client.get("/fr/").status_code == 503
    assert client.get("/healthz").status_code == 200
    assert client.get("/metrics").status_code == 200


def test_a_closed_service_works_nothing_off(app: Flask, put: Put) -> None:
    factories.filed()
    put(Mode.READ_ONLY)
    for _name, _every, turn in jobs.loops(app, NEVER):
        assert turn(NOON) in (False, None)
    assert not Outbox.select().where(Outbox.done_at.is_null(False)).exists()
    put(Mode.OPEN)
    assert [name for name, _every, turn in jobs.loops(app, NEVER) if turn(NOON) is True] == ["ours", "mail"]

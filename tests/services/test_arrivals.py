"""Who came with a visa in the demonstration, once the service has a first application for them."""

import pytest
from flask import Flask

from app import demonstration, jobs
from app.domain.states import State
from app.storage import recoveries, services
from app.storage.models import Account, Dossier
from tests import factories
from tests.fixtures import Clock

pytestmark = pytest.mark.engines("sqlite")


def test_one_waits_for_an_agent_and_one_has_just_been_taken(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    digest = factories.account().password_hash
    Account.delete().execute()
    monkeypatch.setattr("app.demonstration.people.hash_password", lambda password: digest)
    demonstration.seed(app)
    while jobs.run_once(app, clock()):
        pass
    told = {}
    for visa in ("330000204", "330000205"):
        account = Account.get(Account.visa_number == visa)
        dossier = Dossier.get_or_none(Dossier.account == account)
        told[visa] = (
            dossier and dossier.state,
            bool(account.foreign_number),
            account.provisional_until is not None,
        )
    assert told == {"330000204": (State.FILED, False, False), "330000205": (State.IN_REVIEW, True, True)}
    assert recoveries.how_many(services.every()["69"].id) == 1

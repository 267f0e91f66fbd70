"""Who came with a visa in the demonstration, and who lost a mailbox."""

import pytest
from flask import Flask

from app import demonstration, jobs
from app.demonstration import visa_holders
from app.domain.dossiers.states import State
from app.storage.models import Account, Dossier
from app.storage.people import recoveries, services
from tests import factories
from tests.fixtures import Clock

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]


def test_one_waits_for_an_agent_one_has_just_been_taken_and_one_has_no_mailbox(
    app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch
):
    digest = factories.account().password_hash
    Account.delete().execute()
    monkeypatch.setattr("app.demonstration.people.hash_password", lambda password: digest)
    demonstration.seed(app)
    while jobs.run_once(app, clock()):
        pass
    told = {}
    for one in visa_holders.ARRIVALS:
        account = Account.get(Account.visa_number == one.visa)
        state = Dossier.get(Dossier.account == account).state
        told[one.holder.story] = state, bool(account.foreign_number), account.provisional_until is not None
    assert told == {"filed": (State.FILED, False, False), "taken": (State.IN_REVIEW, True, True)}
    assert recoveries.how_many(services.all_services()["69"].id).value == 1

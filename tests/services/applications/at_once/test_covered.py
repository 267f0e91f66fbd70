"""Whatever changes a dossier has its row in the model of twenty at once, or says here why not."""

import pytest
from flask import Flask

from tests.services.applications.at_once.worlds import PHASES
from tests.services.applications.at_once.writers import Function, writers

_READING = "a line that somebody read: nothing depends on it, and it depends on nothing"
_ONE_BY_ONE = "one at a time by conversations.write, which is tried"
_OF_CERTIFICATE = "about a certificate, under the lock of its dossier, which only has a line of it"
_OF_ACCOUNT = "about an account: its lock and its request decide, the dossier only has a line of it"
EXEMPT = {
    "accounts.new_address.confirm": _OF_ACCOUNT,
    "accounts.recoveries.grant": _OF_ACCOUNT,
    "accounts.recoveries.refuse": _OF_ACCOUNT,
    "conversations.bulk_messages.send": _ONE_BY_ONE,
    "hiring.receipts.give": _OF_CERTIFICATE,
    "review.access_log.open_conversation": _READING,
    "review.access_log.open_dossier": _READING,
    "review.access_log.open_file": _READING,
    "review.access_log.open_paper": _READING,
    "review.access_log.take_away": _READING,
}


@pytest.mark.engines("sqlite")
def test_every_service_that_changes_a_dossier_is_tried(app: Flask) -> None:
    tried = {verb.of for phase in PHASES.values() for verb in phase(app).verbs().values()}
    assert {_name(one) for one in writers() - tried} == set(EXEMPT)


def _name(function: Function) -> str:
    return f"{function.__module__.removeprefix('app.services.')}.{function.__name__}"

"""What a correction of the permit granted leaves as it was, and where there is nothing to correct."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import ForbiddenTransition
from app.services.decisions import instruction, undoing
from app.storage.models import Agent, Dossier
from tests import factories
from tests.services.decisions.test_undoing import CORRECTED, GRANTED, IN_FEBRUARY, WHY, by, row


@pytest.fixture
def agent(app: Flask) -> Agent:
    return factories.agent(factories.service())


@pytest.fixture
def dossier(agent: Agent) -> Dossier:
    """Under review."""
    filed = factories.filed()
    instruction.take(filed, by(agent, filed))
    return row(filed)


def test_a_corrected_decision_keeps_its_day(dossier: Dossier, agent: Agent) -> None:
    instruction.approve(dossier, by(agent, dossier), GRANTED)
    undoing.amend(row(dossier), by(agent, dossier, IN_FEBRUARY + timedelta(hours=24)), CORRECTED, WHY)
    decision = row(dossier).decision
    assert (decision["on"], decision["amended_on"]) == ("2027-02-01", "2027-02-02")


def test_where_no_permit_is_granted_there_is_none_to_correct(dossier: Dossier, agent: Agent) -> None:
    instruction.approve(dossier, by(agent, dossier))
    with pytest.raises(ForbiddenTransition):
        undoing.amend(row(dossier), by(agent, dossier), None, WHY)

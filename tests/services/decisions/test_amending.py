"""What a correction leaves as it was, who makes it, and where there is nothing to correct."""

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


def test_only_who_decided_or_a_supervisor_corrects_it(dossier: Dossier, agent: Agent) -> None:
    instruction.approve(dossier, by(agent, dossier), GRANTED)
    colleague = factories.agent(agent.service)
    with pytest.raises(ForbiddenTransition):
        undoing.amend(row(dossier), by(colleague, dossier), CORRECTED, WHY)
    chief = factories.agent(agent.service, rank="supervisor")
    undoing.amend(row(dossier), by(chief, dossier, IN_FEBRUARY + timedelta(days=9)), CORRECTED, WHY)


def test_a_hand_over_taken_back_leaves_the_place_and_the_price_of_the_card(
    dossier: Dossier, agent: Agent
) -> None:
    instruction.approve(dossier, by(agent, dossier), GRANTED)
    instruction.announce(row(dossier), by(agent, dossier), "Guichet 4", 12_000)
    instruction.hand_over(row(dossier), by(agent, dossier))
    undoing.step_back(row(dossier), by(agent, dossier), WHY)
    assert row(dossier).card == {"place": "Guichet 4", "amount": 12_000}
    undoing.step_back(row(dossier), by(agent, dossier), WHY)
    assert row(dossier).card is None

"""What tests of the agents' pages begin with."""

import pytest
from flask import Flask

from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.models import Agent, Dossier
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, enter, member


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """An application just filed at Lyon."""
    return factories.filed()


@pytest.fixture
def agent(dossier: Dossier) -> Agent:
    """A member of the service of Lyon."""
    return member(name="C. Perrin")


@pytest.fixture
def desk(visitor: Visitor, agent: Agent, clock: Clock) -> PageClient:
    """An agent of Lyon, signed in."""
    return enter(visitor(), agent, clock)


@pytest.fixture
def taken(dossier: Dossier, agent: Agent, clock: Clock) -> Dossier:
    """Under review."""
    instruction.take(dossier, Act(agent, clock(), dossier_view.last_move(dossier.id)))
    return dossier


@pytest.fixture
def chief(visitor: Visitor, dossier: Dossier, clock: Clock) -> PageClient:
    """A supervisor of Lyon, signed in."""
    return enter(visitor(), member(rank="supervisor", name="H. Vidal"), clock)

"""A filed dossier, the desk of its service, its person."""

import pytest
from flask import Flask

from app.storage.models import Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import Visitor, enter, member


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    return factories.filed()


@pytest.fixture
def desk(visitor: Visitor, dossier: Dossier, clock: Clock) -> PageClient:
    return enter(visitor(), member(dossier.service), clock)


@pytest.fixture
def person(visitor: Visitor, dossier: Dossier) -> PageClient:
    return visitor().sign_in(dossier.account)

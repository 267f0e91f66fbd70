"""The page on which a second person accepts or declines an account; the sentence that its holder reads meanwhile."""

import pytest

from app.domain.dossiers.ranks import Rank
from app.services.staff import administration
from app.services.staff.administration import AdminActor, Place
from app.storage.models import Agent
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import NOON
from tests.web.agent_pages import DOOR, enter, member

PAGE = "/fr/agents/nouveaux"


@pytest.fixture
def proposed(app) -> Agent:
    place = Place(Rank.AGENT, factories.service())
    return administration.invite(
        "Éva Petit", "eva@exemple.fr", place, AdminActor(factories.administrator(), NOON)
    )[0]


@pytest.fixture
def desk(proposed, visitor, clock):
    return enter(visitor(), member(factories.service(), rank="supervisor"), clock)


def test_a_supervisor_finds_it_and_accepts(proposed, desk):
    assert PAGE in desk.get("/fr/agents/").text
    assert "Éva Petit" in desk.get(PAGE).text
    told = desk.post(f"{PAGE}/{proposed.id}", {"decision": "accepte"})
    assert "est accepté" in desk.get(told.location).text
    assert Agent.get_by_id(proposed.id).proposed_at is None
    again = desk.post(f"{PAGE}/{proposed.id}", {"decision": "refuse"})
    assert "n’attend plus" in desk.get(again.location).text
    assert Agent.get_by_id(proposed.id).active


def test_a_press_without_decision_decides_nothing(proposed, desk):
    desk.get(PAGE)
    assert desk.post(f"{PAGE}/{proposed.id}", {}).status_code == 303
    assert desk.post(f"{PAGE}/999999", {"decision": "accepte"}).status_code == 404
    assert Agent.get_by_id(proposed.id).proposed_at is not None


def test_who_waits_reads_so_at_the_door(proposed, visitor):
    Agent.update(password_hash=factories.agent().password_hash).where(Agent.id == proposed.id).execute()
    client = visitor()
    client.get(DOOR)
    told = client.post(DOOR, {"email": proposed.email, "password": PASSWORD})
    assert "attend l’accord" in told.text

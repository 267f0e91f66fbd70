"""The card collected: said by the applicant or by the agent, by one of them only."""

from datetime import timedelta

import pytest

from app.domain.dossiers.states import ForbiddenTransition, State
from app.services.applications import card_pickup
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.storage.applications.dossiers import StaleDossier
from app.storage.models import Account, Dossier, Event, Notice
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON


@pytest.fixture
def dossier(app):
    """A dossier whose card can be collected."""
    filed, agent = factories.filed(), factories.agent()
    for place, (act, more) in enumerate(
        ((instruction.take, ()), (instruction.approve, ()), (instruction.announce, ("Guichet 4", 10_000)))
    ):
        act(filed, Act(agent, NOON + timedelta(minutes=place), dossier_view.last_move(filed.id)), *more)
    return Dossier.get_by_id(filed.id)


def test_one_event_and_one_message(dossier):
    events, messages = Event.select().count(), Notice.select().count()
    card_pickup.collect(dossier, NOON + timedelta(days=1))
    row = Dossier.get_by_id(dossier.id)
    assert row.state == State.HANDED_OVER
    assert (Event.select().count(), Notice.select().count()) == (events + 1, messages + 1)
    last = Event.select().order_by(Event.id.desc()).get()
    assert (last.action, last.role, last.agent) == ("collect", "applicant", None)
    assert Notice.select().order_by(Notice.id.desc()).get().kind == "collected"
    with pytest.raises(ForbiddenTransition):
        card_pickup.collect(dossier, NOON + timedelta(days=2))


def test_the_agent_who_comes_second_is_told(dossier):
    act = Act(factories.agent(), NOON, dossier_view.last_move(dossier.id))
    card_pickup.collect(dossier, NOON)
    with pytest.raises(StaleDossier):
        instruction.hand_over(dossier, act)
    assert Event.select().where(Event.action == "hand_over").count() == 0


def test_the_applicant_who_comes_second_is_told(dossier):
    instruction.hand_over(dossier, Act(factories.agent(), NOON, dossier_view.last_move(dossier.id)))
    with pytest.raises(ForbiddenTransition):
        card_pickup.collect(dossier, NOON)
    assert Event.select().where(Event.action == "collect").count() == 0


@pytest.mark.parametrize("state", [one for one in State if one is not State.CARD_AVAILABLE])
def test_nothing_else_can_be_collected(dossier, state):
    Dossier.update(state=str(state)).where(Dossier.id == dossier.id).execute()
    with pytest.raises(ForbiddenTransition):
        card_pickup.collect(dossier, NOON)


def test_the_telephone_last_declared_is_the_accounts(dossier):
    assert Account.get_by_id(dossier.account_id).phone == factories.ANSWERS["phone"]

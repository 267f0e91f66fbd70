"""What came for an agent: marked until they open the dossier, listed, and told in one mail a day if they chose it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import Role
from app.services.calendar import desk_mail
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.review import access_log
from app.storage.applications import dossiers as store
from app.storage.models import Agent, Dossier, Outbox
from app.storage.review import dossier_view, news, queue
from app.storage.review.queue import Filters, View
from tests import factories
from tests.fixtures import NOON  # a Monday

HOUR = timedelta(hours=1)


@pytest.fixture
def me(app: Flask) -> Agent:
    """An agent of Lyon who wants the daily mail."""
    factories.service()
    return factories.agent(daily_mail=True)


@pytest.fixture
def mine(me: Agent) -> Dossier:
    """A dossier that they took and opened."""
    row = factories.filed()
    instruction.take(row, Act(me, NOON, dossier_view.last_move(row.id)))
    access_log.open_dossier(me, str(row.reference), NOON + HOUR)
    return Dossier.get_by_id(row.id)


def happened(row: Dossier, action: str, at: datetime, **columns: Any) -> None:
    """Something that the applicant did."""
    store.append_event(row, action, Role.APPLICANT, at, **columns)


def unread(agent: Agent) -> set[int]:
    """The dossiers of the list of news, which the marks of the lines agree with."""
    listed = {row.id for row in queue.page(agent.service_id, agent.id, Filters(View.NEWS)).dossiers}
    everything = [row.id for row in Dossier.select(Dossier.id)]
    assert listed == news.unread_among(agent.id, everything)
    return listed


def test_new_until_its_agent_opens_it(me: Agent, mine: Dossier) -> None:
    assert unread(me) == set()
    happened(mine, "correct", NOON + 2 * HOUR)
    assert unread(me) == {mine.id}
    other = factories.agent()
    access_log.open_dossier(other, str(mine.reference), NOON + 3 * HOUR)
    assert (unread(me), unread(other)) == ({mine.id}, set())
    access_log.open_dossier(me, str(mine.reference), NOON + 3 * HOUR)
    assert unread(me) == set()


def test_given_by_a_colleague_it_is_new_to_who_has_it(me: Agent, mine: Dossier) -> None:
    to = factories.agent()
    instruction.pass_on(mine, Act(me, NOON + 2 * HOUR, dossier_view.last_move(mine.id)), to.id)
    assert (unread(me), unread(to)) == (set(), {mine.id})


def mails() -> list[dict[str, Any]]:
    """The daily mails posted."""
    return [row.payload for row in Outbox.select().order_by(Outbox.id) if "staff/day" in str(row.payload)]


def test_four_hundred_events_are_one_mail(me: Agent, mine: Dossier) -> None:
    for number in range(400):
        happened(mine, ("answer", "message_sent", "correct", "add")[number % 4], NOON + HOUR)
    day = NOON + timedelta(days=1)
    assert [desk_mail.send_due(day), desk_mail.send_due(day + HOUR)] == [1, 0]
    (mail,) = mails()
    assert mail["facts"] == {"answers": 100, "messages": 100, "given": 0, "others": 200}
    assert (mail["to"], mail["language"]) == (me.email, me.language)
    assert desk_mail.send_due(day + timedelta(days=1)) == 0, "nothing came since"
    happened(mine, "answer", day + 25 * HOUR)
    assert desk_mail.send_due(day + timedelta(days=1, hours=2)) == 0, "looked at once that day already"
    assert desk_mail.send_due(day + timedelta(days=2)) == 1


@pytest.mark.parametrize(
    ("columns", "days"),
    [
        ({"daily_mail": None}, 1),
        ({"active": False}, 1),
        ({"password_hash": ""}, 1),
        ({}, 5),  # a Saturday
        ({}, 0.5),  # the night
    ],
)
def test_no_mail_unasked_or_out_of_hours(
    me: Agent, mine: Dossier, columns: dict[str, Any], days: float
) -> None:
    if columns:
        Agent.update(**columns).where(Agent.id == me.id).execute()
    happened(mine, "answer", NOON + HOUR)
    assert desk_mail.send_due(NOON + timedelta(days=days)) == 0
    assert mails() == []


def test_what_one_decided_is_a_list_and_a_state_of_one_s_own(me: Agent, mine: Dossier) -> None:
    instruction.refuse(mine, Act(me, NOON + HOUR, dossier_view.last_move(mine.id)), "Rien n’est prouvé.")
    for filters in (Filters(View.DECIDED), Filters(View.MINE, state="unfavourable")):
        assert [row.id for row in queue.page(me.service_id, me.id, filters).dossiers] == [mine.id]
        stranger = factories.agent()
        assert queue.page(stranger.service_id, stranger.id, filters).dossiers == []
    assert queue.page(me.service_id, me.id, Filters(View.MINE)).dossiers == []

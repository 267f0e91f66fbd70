"""Cards that wait: the holder is reminded, each time once, and is left alone once the card is in hand."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.services.applications import card_pickup
from app.services.calendar import card_reminders
from app.services.decisions import instruction, undoing
from app.services.decisions.acts import Act
from app.storage.applications import cards
from app.storage.models import Agent, Dossier, Notice, Outbox
from app.storage.review import dossier_view
from tests import factories
from tests.services.decisions.test_undoing import row
from tests.services.outside import sweep

ANNOUNCED = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def act(agent: Agent, dossier: Dossier, at: datetime) -> Act:
    return Act(agent, at, dossier_view.last_move(dossier.id))


@pytest.fixture
def agent(app: Flask) -> Agent:
    return factories.agent(factories.service())


@pytest.fixture
def dossier(agent: Agent) -> Dossier:
    """Its card is announced."""
    filed = factories.filed()
    instruction.take(filed, act(agent, filed, factories.NOON))
    instruction.approve(row(filed), act(agent, filed, factories.NOON))
    instruction.announce(row(filed), act(agent, filed, ANNOUNCED), "1 place du Test", 10_000)
    return row(filed)


def reminded(first: int, last: int, hour: int = 0) -> list[int]:
    """The days after the announcement on which a reminder left."""
    return [
        day
        for day in range(first, last)
        if card_reminders.send_due(ANNOUNCED + timedelta(days=day, hours=hour))
    ]


def test_on_its_days_and_once(dossier: Dossier) -> None:
    Outbox.delete().execute()
    assert reminded(0, 120, hour=12) == [], "nobody is written to in the night"
    assert reminded(0, 120) == [14, 45, 90]
    notices = list(Notice.select().where(Notice.kind == "card_waiting"))
    assert [notice.facts for notice in notices] == [
        {"since": "2026-11-24", "place": "1 place du Test", "amount": 10_000}
    ] * 3
    assert {work.kind for work in Outbox.select()} == {"mail_notice", "sms_notice"}


def test_after_a_stop_one_leaves(dossier: Dossier) -> None:
    assert reminded(60, 89) == [60]
    assert reminded(89, 400) == [90]


def test_none_once_it_is_collected(dossier: Dossier) -> None:
    card_pickup.collect(dossier, ANNOUNCED + timedelta(days=1))
    assert reminded(1, 120) == []


def test_workers_that_found_the_same_card_decide_under_its_lock(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = row(dossier)
    monkeypatch.setattr(cards, "to_remind", lambda *_: [found])
    assert [card_reminders.send_due(ANNOUNCED + timedelta(days=14)) for _worker in range(2)] == [1, 0]
    card_pickup.collect(dossier, ANNOUNCED + timedelta(days=15))
    assert card_reminders.send_due(ANNOUNCED + timedelta(days=45)) == 0


def test_an_announcement_taken_back_and_made_again_counts_anew(dossier: Dossier, agent: Agent) -> None:
    assert reminded(0, 20) == [14]
    at = ANNOUNCED + timedelta(days=20)
    chief = factories.agent(agent.service, rank="supervisor")
    undoing.step_back(row(dossier), act(chief, dossier, at), "Une erreur.")
    assert row(dossier).card_since is None
    assert reminded(20, 200) == []
    instruction.announce(row(dossier), act(agent, dossier, at), "1 place du Test", 10_000)
    assert reminded(20, 70) == [34, 65]


def test_the_worker_does_it(app: Flask, dossier: Dossier) -> None:
    sweep(app, ANNOUNCED + timedelta(days=14))
    assert Notice.select().where(Notice.kind == "card_waiting").count() == 1

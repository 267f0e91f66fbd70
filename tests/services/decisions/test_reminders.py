"""An agent reminds applicants of a request: each once a day, and not who waits for an answer."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import ForbiddenTransition
from app.services.applications import complements
from app.services.decisions import instruction
from app.storage.models import Agent, Dossier, Notice
from app.storage.review import queue_lines
from tests import factories
from tests.fixtures import NOON
from tests.services.decisions.test_undoing import by, row

DAY = timedelta(days=1)


@pytest.fixture
def agent(app: Flask) -> Agent:
    """A member of the service of Lyon."""
    return factories.agent(factories.service())


@pytest.fixture
def asked(agent: Agent) -> Dossier:
    """A document is asked for, within 30 days."""
    filed = factories.filed()
    instruction.take(filed, by(agent, filed, NOON))
    instruction.ask(row(filed), by(agent, filed, NOON), {"passport": "Trop sombre."})
    Notice.delete().execute()
    return row(filed)


def reminders() -> list[dict[str, object]]:
    """The facts of those sent."""
    return [notice.facts for notice in Notice.select().where(Notice.kind == "complement_reminder")]


def test_each_is_told_once_a_day(asked: Dossier, agent: Agent) -> None:
    with pytest.raises(ForbiddenTransition):  # asked today
        instruction.remind(asked, by(agent, asked, NOON))
    instruction.remind(asked, by(agent, asked, NOON + DAY))
    assert reminders() == [{"due_on": "2026-12-23", "overdue": False}]
    with pytest.raises(ForbiddenTransition):
        instruction.remind(asked, by(agent, asked, NOON + DAY + timedelta(hours=3)))
    instruction.remind(asked, by(agent, asked, NOON + 2 * DAY))
    assert len(reminders()) == 2


@pytest.mark.parametrize("agent_first", [True, False])
def test_never_beside_the_one_that_is_due_by_itself(asked: Dossier, agent: Agent, agent_first: bool) -> None:
    fortnight_before = NOON + 16 * DAY
    if agent_first:
        instruction.remind(asked, by(agent, asked, fortnight_before))
    assert complements.remind_due(fortnight_before) == (0 if agent_first else 1)
    with pytest.raises(ForbiddenTransition):
        instruction.remind(asked, by(agent, asked, fortnight_before))
    assert len(reminders()) == 1
    assert complements.remind_due(NOON + 23 * DAY) == 1, "the next one is sent"


def test_after_the_date_it_says_so(asked: Dossier, agent: Agent) -> None:
    instruction.remind(asked, by(agent, asked, NOON + 40 * DAY))
    assert reminders() == [{"due_on": "2026-12-23", "overdue": True}]


def test_not_who_waits_for_an_answer_about_more_time(asked: Dossier, agent: Agent) -> None:
    complements.ask_time(asked, "Je suis loin.", NOON + DAY)
    with pytest.raises(ForbiddenTransition):
        instruction.remind(row(asked), by(agent, asked, NOON + 2 * DAY))


def test_the_queue_says_since_when_the_applicant_is_silent(asked: Dossier, agent: Agent) -> None:
    before = queue_lines.last_events([asked.id])
    instruction.remind(asked, by(agent, asked, NOON + DAY))
    assert queue_lines.last_events([asked.id]) == before

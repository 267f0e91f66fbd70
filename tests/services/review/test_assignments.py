"""Who is in charge: assigned, passed on, taken over; each a move that keeps the state, within one service."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.actions.assignments import ASSIGN
from app.domain.dossiers.states import OPEN, ForbiddenTransition, State
from app.services.decisions import instruction
from app.services.decisions.acts import NotAColleague
from app.services.decisions.batches import Left, Outcome, perform_all
from app.storage.applications import audit
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.models import Agent, Dossier, Event, Notice
from app.storage.review import assignments as handovers
from app.storage.review import queue_lines
from tests import factories
from tests.fixtures import NOON
from tests.services.decisions.test_instruction import LATER, by, everything

NOTE = "Je pars en congé vendredi."


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """An application in review that its agent has."""
    row = factories.filed()
    instruction.take(row, by(factories.agent(name="C. Perrin"), row))
    return Dossier.get_by_id(row.id)


@pytest.fixture
def holder(dossier: Dossier) -> Agent:
    """Who has it."""
    return Agent.get_by_id(dossier.agent_id)


@pytest.fixture
def colleague(dossier: Dossier) -> Agent:
    """A member of the same service."""
    return factories.agent(name="S. Marchand")


@pytest.fixture
def supervisor(dossier: Dossier) -> Agent:
    """Who supervises it."""
    return factories.agent(rank="supervisor", name="N. Bertin")


def assign_all(agent: Agent, picks: Mapping[int, int], to: int) -> Outcome:
    """Assign several dossiers at once."""
    return perform_all(ASSIGN, agent, picks, {"to": str(to)}, LATER)


def last(dossier: Dossier) -> Event:
    """What happened last."""
    return store.events(dossier.id)[-1]


@pytest.mark.parametrize("state", [state for state in State if state is not State.DRAFT])
def test_each_act_keeps_the_state(
    dossier: Dossier, holder: Agent, colleague: Agent, supervisor: Agent, state: State
) -> None:
    tries: list[tuple[bool, Callable[[Dossier], None]]] = [
        (
            state in OPEN,
            lambda row: instruction.pass_on(row, by(holder, row), colleague.id, NOTE),
        ),
        (state in OPEN - {State.FILED}, lambda row: instruction.claim(row, by(supervisor, row))),
        (state in OPEN, lambda row: instruction.assign(row, by(supervisor, row), holder.id)),
    ]
    Dossier.update(state=str(state)).where(Dossier.id == dossier.id).execute()
    for possible, act in tries:
        row = Dossier.get_by_id(dossier.id)
        before = everything(row)
        if possible:
            act(row)
            assert Dossier.get_by_id(row.id).state == state
        else:
            with pytest.raises(ForbiddenTransition):
                act(row)
            assert everything(row) == before
    assert {notice.kind for notice in Notice.select()} == {"filed", "taken"}  # the applicant is told nothing


def test_the_history_and_the_chain_tell_from_whom_to_whom(
    dossier: Dossier, holder: Agent, colleague: Agent
) -> None:
    instruction.pass_on(dossier, by(holder, dossier), colleague.id, NOTE)
    event = last(dossier)
    told = {"origin": "C. Perrin", "origin_id": holder.id, "target": "S. Marchand", "target_id": colleague.id}
    assert (event.action, event.agent_id, event.reason, event.facts) == ("pass_on", holder.id, NOTE, told)
    assert Dossier.get_by_id(dossier.id).agent_id == colleague.id
    assert audit.first_break(dossier.id) == ""


def test_the_queue_s_since_is_not_about_hands(dossier: Dossier, holder: Agent, colleague: Agent) -> None:
    since = queue_lines.last_events([dossier.id])
    instruction.pass_on(dossier, by(holder, dossier, now=LATER + timedelta(days=1)), colleague.id)
    assert queue_lines.last_events([dossier.id]) == since


def test_only_one_s_own_dossier_is_passed_on(dossier: Dossier, holder: Agent, colleague: Agent) -> None:
    with pytest.raises(ForbiddenTransition):
        instruction.pass_on(dossier, by(colleague, dossier), holder.id)
    with pytest.raises(ForbiddenTransition):
        instruction.claim(dossier, by(holder, dossier))


def test_only_a_supervisor_assigns(dossier: Dossier, holder: Agent, colleague: Agent) -> None:
    with pytest.raises(ForbiddenTransition):
        instruction.assign(dossier, by(holder, dossier), colleague.id)


@pytest.mark.parametrize("who", ["elsewhere", "closed", "administrator", "nobody"])
def test_who_is_no_colleague_gets_nothing(dossier: Dossier, supervisor: Agent, who: str) -> None:
    made: dict[str, Callable[[], Any]] = {
        "elsewhere": lambda: factories.agent(factories.service("75", "Paris")).id,
        "closed": lambda: factories.agent(active=False).id,
        "administrator": lambda: (
            Agent.create(
                service=None,
                rank="administrator",
                email="a@exemple.fr",
                name="A",
                password_hash="",
                totp_secret="",
            ).id
        ),
        "nobody": lambda: 999_999,
    }
    to, before = made[who](), everything(dossier)
    with pytest.raises(NotAColleague):
        instruction.assign(dossier, by(supervisor, dossier), to)
    with pytest.raises(NotAColleague):
        assign_all(supervisor, {dossier.id: by(supervisor, dossier).seen}, to)
    assert everything(dossier) == before


def test_an_older_page_changes_nothing(
    dossier: Dossier, holder: Agent, colleague: Agent, supervisor: Agent
) -> None:
    old = by(supervisor, dossier)
    instruction.claim(dossier, by(colleague, dossier))
    with pytest.raises(StaleDossier):
        instruction.assign(dossier, old, holder.id)
    assert Dossier.get_by_id(dossier.id).agent_id == colleague.id


def test_whose_agent_left_is_taken_over(dossier: Dossier, holder: Agent, colleague: Agent) -> None:
    Agent.update(active=False).where(Agent.id == holder.id).execute()
    instruction.claim(dossier, by(colleague, dossier))
    assert Dossier.get_by_id(dossier.id).agent_id == colleague.id
    assert last(dossier).facts["origin"] == "C. Perrin"


def test_one_that_nobody_has_is_taken_over(dossier: Dossier, colleague: Agent) -> None:
    Dossier.update(agent=None).where(Dossier.id == dossier.id).execute()
    instruction.claim(Dossier.get_by_id(dossier.id), by(colleague, dossier))
    assert last(dossier).facts == {"target": "S. Marchand", "target_id": colleague.id}


def test_a_filed_one_is_assigned_and_stays_filed(app: Flask) -> None:
    row = factories.filed()
    supervisor, one, other = factories.agent(rank="supervisor"), factories.agent(), factories.agent()
    instruction.assign(row, by(supervisor, row), one.id)
    kept = Dossier.get_by_id(row.id)
    assert (kept.state, kept.agent_id) == (State.FILED, one.id)
    instruction.take(kept, by(other, kept))
    assert last(kept).facts["origin_id"] == one.id
    assert [event.action for event in handovers.recent(one, NOON)] == ["take", "assign"]


# Told to whom it concerns


def test_who_gave_or_got_without_doing_it_is_told(
    dossier: Dossier, holder: Agent, colleague: Agent, supervisor: Agent
) -> None:
    def told(agent: Agent) -> list[str]:
        return [event.action for event in handovers.recent(agent, NOON)]

    assert (told(holder), told(colleague)) == ([], [])
    instruction.pass_on(dossier, by(holder, dossier), colleague.id, NOTE)
    assert (told(holder), told(colleague)) == ([], ["pass_on"])
    instruction.claim(Dossier.get_by_id(dossier.id), by(holder, dossier))
    assert (told(holder), told(colleague)) == ([], ["claim", "pass_on"])
    instruction.assign(Dossier.get_by_id(dossier.id), by(supervisor, dossier), colleague.id)
    assert (told(holder), told(supervisor)) == (["assign"], [])
    assert handovers.recent(colleague, LATER + timedelta(seconds=1)) == []
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == dossier.id).execute()
    assert told(colleague) == []


# Many at once


def test_many_are_assigned_and_those_moved_meanwhile_are_named(supervisor: Agent, colleague: Agent) -> None:
    rows = [factories.filed() for _ in range(3)]
    picks = {row.id: by(supervisor, row).seen for row in rows}
    instruction.take(rows[1], by(factories.agent(), rows[1]))
    outcome = assign_all(supervisor, picks, colleague.id)
    assert outcome == Outcome((rows[0].id, rows[2].id), {rows[1].id: Left.CHANGED})
    holders = [Dossier.get_by_id(row.id).agent_id for row in rows]
    assert (holders[0], holders[2]) == (colleague.id, colleague.id)
    assert holders[1] != colleague.id


def test_what_is_not_the_service_s_is_left_alone(supervisor: Agent, colleague: Agent) -> None:
    row = factories.filed()
    Dossier.update(service=factories.service("75", "Paris")).where(Dossier.id == row.id).execute()
    before = everything(row)
    picks = {row.id: by(supervisor, row).seen, 999_999: 1}
    assert assign_all(supervisor, picks, colleague.id).left == {row.id: Left.GONE, 999_999: Left.GONE}
    assert everything(row) == before


def test_a_second_time_nothing_happens_twice(supervisor: Agent, colleague: Agent) -> None:
    row = factories.filed()
    picks = {row.id: by(supervisor, row).seen}
    for _ in range(2):
        assert assign_all(supervisor, picks, colleague.id).done == (row.id,)
    assert [event.action for event in store.events(row.id)].count("assign") == 1


def test_an_agent_assigns_nothing(supervisor: Agent, colleague: Agent) -> None:
    row = factories.filed()
    picks = {row.id: by(colleague, row).seen}
    assert assign_all(colleague, picks, colleague.id).left == {row.id: Left.IMPOSSIBLE}

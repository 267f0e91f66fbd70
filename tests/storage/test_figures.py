"""Stages noted with each move, and what is counted of them: for one service, in one period."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from peewee import DatabaseError

from app.domain.actions import ACTIONS
from app.domain.actions.review import APPROVE
from app.domain.actions.stages import Stage
from app.domain.dossiers.complements import READY, reason
from app.domain.dossiers.states import Role, State, Transition
from app.storage.applications import dossiers
from app.storage.database import database
from app.storage.models import Complement, ComplementItem, Dossier, ExportRecord, StageTime
from app.storage.review import figures
from app.storage.review.figures import Scope
from tests import factories
from tests.fixtures import NOON
from tests.services.stages import went

TODAY = factories.today()
WHOLE_LIFE = (
    ("take", 4),
    ("ask", 6),
    ("answer", 20),
    ("approve", 34),
    ("announce", 50),
    ("hand_over", 53),
)

pytestmark = pytest.mark.usefixtures("app")


def scope(code: str = "69", days: int = 90, **changes: object) -> Scope:
    """A period that ends today."""
    place = factories.service(code)
    return Scope(place.id, TODAY - timedelta(days=days - 1), TODAY, **changes)


def counted(of: Scope) -> dict[Stage, dict[int, int]]:
    """Only what has something."""
    return {stage: dict(days) for stage, days in figures.durations(of).items() if days}


def test_every_stage_of_a_life_is_noted_once() -> None:
    went(WHOLE_LIFE)
    assert counted(scope()) == {
        Stage.TAKING: {4: 1},
        Stage.WAITING: {14: 1},
        Stage.DECIDING: {30: 1},
        Stage.MAKING: {16: 1},
        Stage.COLLECTING: {3: 1},
        Stage.WHOLE: {34: 1},
    }


def test_a_service_sees_its_own_stages_only() -> None:
    went()
    elsewhere = factories.service("75", "Paris")
    went((("take", 1), ("refuse", 2)), elsewhere)
    assert counted(scope()) == {Stage.TAKING: {10: 1}, Stage.DECIDING: {20: 1}, Stage.WHOLE: {30: 1}}
    assert counted(scope("75"))[Stage.WHOLE] == {2: 1}
    assert figures.outcomes(scope("75")) == {(State.UNFAVOURABLE, True): 1}
    assert set(figures.ages(scope("75"))) <= {State.FAVOURABLE}
    assert counted(scope("13")) == {}


def test_a_period_and_a_procedure() -> None:
    went(end=NOON - timedelta(days=29))
    went(end=NOON - timedelta(days=30), journey="visiteur")
    assert counted(scope(days=30))[Stage.WHOLE] == {30: 1}
    assert counted(scope(days=31))[Stage.WHOLE] == {30: 2}
    assert counted(scope(days=31, journey="visiteur"))[Stage.WHOLE] == {30: 1}
    assert counted(scope(days=31, journey="talent")) == {}


@pytest.mark.parametrize(
    ("filed", "decided", "days"),
    [
        # Three minutes apart around midnight in Paris: another day there, the same one in UTC.
        (datetime(2026, 7, 1, 21, 58, tzinfo=UTC), datetime(2026, 7, 1, 22, 1, tzinfo=UTC), 1),
        # The night of 25 October 2026 has 25 hours, that of 28 March 2027 has 23.
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), datetime(2026, 10, 25, 23, 30, tzinfo=UTC), 1),
        (datetime(2027, 3, 27, 23, 30, tzinfo=UTC), datetime(2027, 3, 28, 22, 30, tzinfo=UTC), 1),
        (datetime(2028, 2, 28, 12, tzinfo=UTC), datetime(2028, 3, 1, 12, tzinfo=UTC), 2),  # by 29 February
        (NOON, NOON - timedelta(days=1), 0),  # a clock set back
    ],
)
def test_days_are_those_of_paris(filed: datetime, decided: datetime, days: int) -> None:
    agent = factories.agent()
    row = factories.draft(service=agent.service)
    for action, at, by in (("submit", filed, None), ("take", decided, agent)):
        role = Role.AGENT if by else Role.APPLICANT
        dossiers.transition(row, ACTIONS[action].transition(State(row.state), role), at, agent=by)
    assert [one.days for one in StageTime.select()] == [days]


def test_what_ends_again_after_a_reopening_counts_once_at_its_later_end() -> None:
    row = went((("take", 2), ("refuse", 10)), end=NOON - timedelta(days=5))
    agent = factories.agent(row.service)
    reopened = Transition("take", State.UNFAVOURABLE, State.IN_REVIEW, Role.SUPERVISOR)
    dossiers.transition(row, reopened, NOON - timedelta(days=3), agent=agent)
    dossiers.transition(row, APPROVE.transition(State.IN_REVIEW, Role.AGENT), NOON, agent=agent)
    found = counted(scope())
    assert found[Stage.WHOLE] == {15: 1}
    assert found[Stage.DECIDING] == {8: 1, 3: 1}
    assert figures.outcomes(scope()) == {(State.FAVOURABLE, True): 1}


def test_ends_without_decision_are_outcomes_and_no_delay() -> None:
    went((("withdraw", 3),))
    automatic = went(())
    dossiers.transition(automatic, APPROVE.transition(State.FILED, Role.SYSTEM), NOON)
    assert counted(scope()) == {}
    assert figures.outcomes(scope()) == {(State.WITHDRAWN, False): 1, (State.FAVOURABLE, False): 1}
    assert figures.decided(scope()) == {}


def test_a_move_takes_the_figures_along() -> None:
    """Who ends a stage counts it: a dossier that moved is decided, and counted, where it arrived."""
    row = went((("take", 5),))
    other = factories.service("75", "Paris")
    Dossier.update(service=other).where(Dossier.id == row.id).execute()
    row = Dossier.get_by_id(row.id)
    approve = APPROVE.transition(State.IN_REVIEW, Role.AGENT)
    dossiers.transition(row, approve, NOON, agent=factories.agent(other))
    assert counted(scope()) == {Stage.TAKING: {5: 1}}
    assert counted(scope("75")) == {Stage.DECIDING: {0: 1}, Stage.WHOLE: {5: 1}}


def test_ages_of_what_is_under_way() -> None:
    for days in (0, 29, 30, 89, 90, 119, 120, 400):
        row = went(())
        Dossier.update(filed_on=TODAY - timedelta(days=days)).where(Dossier.id == row.id).execute()
    went(WHOLE_LIFE)
    card, none = went(), went()
    Dossier.update(with_card=False).where(Dossier.id == none.id).execute()
    factories.draft()
    found = figures.ages(scope())
    assert found[State.FILED] == [2, 2, 2, 2]
    assert sum(found[State.FAVOURABLE]) == 1, f"only {card.id} still waits for its card"
    assert set(found) == {State.FILED, State.FAVOURABLE}


def asked(words: str, at: datetime = NOON, place: str = "69") -> None:
    """A document asked for again."""
    agent = factories.agent(factories.service(place))
    row = went((("take", 1),), agent.service)
    complement = Complement.create(dossier=row, agent=agent, asked_at=at, due_on=TODAY)
    ComplementItem.create(complement=complement, slot="passport", reason=words)


def test_reasons_are_found_by_their_ready_sentence() -> None:
    for sentence in READY:
        asked(sentence)
    asked(reason("illegible", "passport", "La page 2 surtout."))
    asked(reason("other", "passport", "Il manque le cachet."))
    asked(reason("illegible", "passport")[:20])  # an agent who began to type the same
    asked("Il manque : " + reason("too_old", "passport"))
    asked(reason("mismatch", "passport"), place="75")
    asked(reason("mismatch", "passport"), NOON - timedelta(days=90))
    expected = Counter(READY.values()) + Counter(illegible=1, other=3)
    assert figures.reasons(scope()) == expected
    assert figures.reasons(scope(journey="visiteur")) == {}


def test_rights_that_end_and_what_follows() -> None:
    ends: list[tuple[date, bool]] = [
        (TODAY - timedelta(days=2), True),
        (TODAY, True),
        (TODAY, False),
        (TODAY + timedelta(days=200), True),
    ]
    for day, in_time in ends:
        row = went((("take", 1),))
        Dossier.update(rights_end=day, in_time=in_time).where(Dossier.id == row.id).execute()
    elsewhere = went((("take", 1),), factories.service("75", "Paris"))
    Dossier.update(rights_end=TODAY).where(Dossier.id == elsewhere.id).execute()
    found = figures.ends(scope(), TODAY + timedelta(days=84))
    assert sorted(found) == [(TODAY - timedelta(days=2), False, 1), (TODAY, False, 2)]


def test_the_work_of_the_team() -> None:
    place = factories.service()
    first, second = factories.agent(place), factories.agent(place)
    went(agent=first)
    went((("take", 1), ("refuse", 2)), agent=first)
    went((("take", 1),), agent=second)
    went(of=factories.service("75", "Paris"))
    assert figures.decided(scope()) == {first.id: 2}
    assert figures.in_charge(scope()) == {second.id: 1}


def test_a_list_holds_no_name_and_stops_where_it_is_told() -> None:
    for days in (40, 2, 1, 0):
        row = went((("take", 0),), agent=factories.agent(name="C. Perrin"))
        Dossier.update(filed_on=TODAY - timedelta(days=days)).where(Dossier.id == row.id).execute()
    went(of=factories.service("75", "Paris"))
    found = figures.dossiers(scope(days=30), 2)
    assert [one.filed_on for one in found] == [TODAY, TODAY - timedelta(days=1)]
    assert found[0].ended == {Stage.TAKING: TODAY}
    assert found[0].agent == "C. Perrin"
    assert "Nguyễn" not in repr(found)
    assert len(figures.dossiers(scope(days=30), 10)) == 3


def test_an_export_is_never_rewritten() -> None:
    agent = factories.agent()
    given = {"service": agent.service, "agent": agent, "since": TODAY, "until": TODAY, "at": NOON}
    ExportRecord.create(what="durees", rows=6, **given)
    with pytest.raises(DatabaseError, match="append-only"), database.atomic():
        ExportRecord.update(rows=0).execute()
    assert [one.rows for one in figures.exports(agent.service_id)] == [6]


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("journey", ["", "etudiant"])
def test_no_table_is_read_whole(app: Flask, journey: str) -> None:
    """Every query of the page, as the engine means to run it: through an index that begins with the service."""
    of, asked = scope(journey=journey), list[str]()
    connection = database.connection()
    connection.set_trace_callback(asked.append)
    for read in (
        figures.durations,
        figures.outcomes,
        figures.ages,
        figures.reasons,
        figures.in_charge,
        figures.decided,
    ):
        read(of)
    figures.ends(of, TODAY)
    figures.dossiers(of, 5)
    figures.exports(of.service_id)
    connection.set_trace_callback(None)
    assert len(asked) == 9
    for query in asked:
        plan = str(database.execute_sql(f"EXPLAIN QUERY PLAN {query}").fetchall())
        assert "SCAN" not in plan, (query, plan)
        assert "service_id=?" in plan, (query, plan)

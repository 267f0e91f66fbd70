"""What narrows the queue: marks, ends of rights, whose hands, pages both ways, counts that stop."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.storage.capped_count import CappedCount
from app.storage.models import Agent, Complement, Dossier, Transfer
from app.storage.review import queue, queue_lines
from app.storage.review.queue import Filters, View
from app.storage.review.queue_filters import UNASSIGNED, Mark
from app.storage.review.queue_order import Cursor
from tests import factories
from tests.fixtures import NOON
from tests.storage.test_queue import TODAY, dossier, found


@pytest.fixture
def me(app: Flask) -> Agent:
    """An agent at Lyon."""
    return factories.agent()


def marked(*marks: Mark) -> frozenset[Mark]:
    """Some marks."""
    return frozenset(marks)


def test_filed_out_of_time(me: Agent) -> None:
    late = dossier(in_time=False)
    dossier(in_time=True)
    assert found(me, marks=marked(Mark.LATE)) == [late.id]


def test_a_request_answered_once_stays_answered(me: Agent) -> None:
    answered, waiting = dossier(state=State.COMPLEMENT_REQUESTED), dossier(state=State.COMPLEMENT_REQUESTED)
    for row, at in ((answered, NOON), (answered, None), (waiting, None)):
        Complement.create(dossier=row, agent=me, asked_at=NOON, due_on=TODAY, answered_at=at)
    assert found(me, marks=marked(Mark.ANSWERED)) == [answered.id]


def test_come_from_another_service(me: Agent) -> None:
    came, left = dossier(), dossier()
    paris = factories.service("75", "Paris")
    Transfer.create(dossier=came, origin=paris, target=me.service_id, at=NOON)
    Transfer.create(dossier=left, origin=me.service_id, target=paris, at=NOON)
    assert found(me, marks=marked(Mark.MOVED_IN)) == [came.id]


def test_rights_that_end_by_a_day(me: Agent) -> None:
    past, last, after = (dossier(TODAY + timedelta(days=days)) for days in (-3, 7, 8))
    assert found(me, ends_by=TODAY + timedelta(days=7)) == [past.id, last.id]
    assert after.id in found(me, ends_by=TODAY + timedelta(days=30))


def test_marks_and_filters_all_hold(me: Agent) -> None:
    both = dossier(TODAY, in_time=False, agent=me)
    dossier(TODAY, in_time=True, agent=me)
    dossier(TODAY + timedelta(days=9), in_time=False, agent=me)
    dossier(TODAY, in_time=False)
    wanted = {"view": View.MINE, "ends_by": TODAY, "journey": "etudiant", "words": "nguyen"}
    assert found(me, marks=marked(Mark.LATE), **wanted) == [both.id]
    assert found(me, marks=marked(Mark.LATE, Mark.MOVED_IN), **wanted) == []


def test_who_left_has_nothing_in_hand(me: Agent) -> None:
    gone, elsewhere = factories.agent(active=False), factories.agent(factories.service("75", "Paris"))
    mine, free = dossier(agent=me, state=State.IN_REVIEW), dossier()
    left, moved = dossier(agent=gone, state=State.IN_REVIEW), dossier(agent=elsewhere)
    decided = dossier(state=State.UNFAVOURABLE)
    unassigned = {free.id, left.id, moved.id}
    assert set(found(me, view=View.UNASSIGNED)) == unassigned
    assert set(found(me, agent=UNASSIGNED)) == unassigned
    assert found(me, view=View.UNASSIGNED, agent=str(gone.id)) == [left.id]
    assert mine.id not in unassigned
    assert set(found(me, agent=UNASSIGNED, state=State.UNFAVOURABLE)) == {decided.id}


def test_pages_go_back_as_they_came(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    rows = [dossier(TODAY + timedelta(days=day)).id for day in (1, 1, 1, 2, 3)]

    def page(**cursors: Cursor | None) -> queue.Extract:
        return queue.page(me.service_id, me.id, Filters(), **cursors)

    first = page()
    second = page(after=first.after)
    third = page(after=second.after)
    assert [[one.id for one in part.dossiers] for part in (first, second, third)] == [
        rows[:2],
        rows[2:4],
        rows[4:],
    ]
    assert (first.before, third.after) == (None, None)
    back = page(before=third.before)
    assert ([one.id for one in back.dossiers], back.after) == (rows[2:4], second.after)
    again = page(before=back.before)
    assert ([one.id for one in again.dossiers], again.before, again.after) == (rows[:2], None, first.after)


def test_where_nothing_is_left_there_is_the_first_page(me: Agent) -> None:
    row = dossier()
    late = TODAY + timedelta(days=999)
    for cursors in ({"before": Cursor(TODAY, TODAY, 1)}, {"after": Cursor(late, TODAY, 1)}):
        there = queue.page(me.service_id, me.id, Filters(), **cursors)
        assert ([one.id for one in there.dossiers], there.before, there.after) == ([row.id], None, None)


def test_counting_stops(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "MOST", 2)
    counted = []
    for _ in range(5):
        counted.append(queue.how_many(me.service_id, me.id, Filters()))
        dossier()
    assert counted == [
        CappedCount(0),
        CappedCount(1),
        CappedCount(2),
        CappedCount(2, more=True),
        CappedCount(2, more=True),
    ]


def test_only_one_s_own_service_s_dossiers_are_chosen(me: Agent) -> None:
    row = dossier()
    stranger = factories.agent(factories.service("75", "Paris"))
    assert [one.id for one in queue_lines.chosen(me.service_id, [row.id, 999])] == [row.id]
    assert queue_lines.chosen(stranger.service_id, [row.id]) == []
    assert Dossier.get_by_id(row.id).service_id == me.service_id

"""The queue: whose dossiers, in which order, found by which words."""

from datetime import date

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.rules.calendar import NO_END
from app.domain.rules.parameters import UNCOLLECTED_DAYS
from app.storage.capped_count import CappedCount
from app.storage.models import Agent, Complement, Dossier
from app.storage.models.dossiers import CARDS
from app.storage.review import queue, queue_lines
from app.storage.review.queue import Filters, View
from app.storage.review.queue_filters import UNASSIGNED
from app.storage.review.queue_order import Cursor, Order, place
from tests import factories

TODAY = factories.today()


@pytest.fixture
def me(app: Flask) -> Agent:
    """An agent at Lyon."""
    return factories.agent()


def dossier(rights_end: date = date(2027, 2, 10), state: State = State.FILED, **columns: object) -> Dossier:
    """A filed dossier in any state."""
    row = factories.filed()
    Dossier.update(rights_end=rights_end, state=str(state), **columns).where(Dossier.id == row.id).execute()
    return Dossier.get_by_id(row.id)


def found(me: Agent, **filters: object) -> list[int]:
    """The ids that an agent sees."""
    chosen = Filters(**{"today": TODAY} | filters)
    return [row.id for row in queue.page(me.service_id, me.id, chosen).dossiers]


def test_the_first_rights_to_end_come_first(me: Agent) -> None:
    late, soon = dossier(date(2027, 3, 1)), dossier(date(2026, 11, 25))
    younger = dossier(date(2026, 12, 1), filed_on=date(2026, 11, 20))
    older = dossier(date(2026, 12, 1), filed_on=date(2026, 10, 1))
    assert found(me) == [soon.id, older.id, younger.id, late.id]


def test_a_service_sees_its_own_dossiers_only(me: Agent) -> None:
    dossier()
    elsewhere = factories.agent(factories.service("75", "Paris"))
    assert found(elsewhere) == []
    assert found(elsewhere, words="nguyen") == []
    assert queue.urgency(
        queue.page(elsewhere.service_id, elsewhere.id, Filters()), TODAY
    ).total == CappedCount(0)
    assert set(queue.views(elsewhere.service_id, elsewhere.id, TODAY).values()) == {CappedCount(0)}


def test_drafts_are_nobody_s_business(me: Agent) -> None:
    factories.draft()
    row = dossier()
    Dossier.update(state="draft", reference=None).where(Dossier.id == row.id).execute()
    for view in View:
        assert found(me, view=view) == []
    assert found(me, words="nguyen") == []


def test_each_list_holds_what_it_says_and_counts_it(me: Agent) -> None:
    filed = dossier()
    mine = dossier(state=State.IN_REVIEW, agent=me, legal_answer_on=TODAY + factories.days(15))
    answered = dossier(state=State.COMPLEMENT_RECEIVED, agent=factories.agent())
    waiting = dossier(state=State.COMPLEMENT_REQUESTED)
    Complement.create(dossier=waiting, agent=me, asked_at=factories.NOON, due_on=TODAY - factories.days(1))
    pleading, answered_plea = (dossier(state=State.COMPLEMENT_REQUESTED) for _ in range(2))
    due = {"agent": me, "asked_at": factories.NOON, "due_on": TODAY, "time_asked_at": factories.NOON}
    Complement.create(dossier=pleading, **due)
    Complement.create(dossier=answered_plea, **due, time_answered_at=factories.NOON)
    cards = [dossier(state=one, agent=me) for one in CARDS]
    weeks = TODAY - factories.days(UNCOLLECTED_DAYS)
    left = dossier(state=State.CARD_AVAILABLE, card_since=weeks)
    dossier(state=State.CARD_AVAILABLE, card_since=weeks + factories.days(1), with_card=False)
    dossier(state=State.HANDED_OVER, card_since=weeks)
    dossier(state=State.FAVOURABLE, with_card=False)
    dossier(state=State.HANDED_OVER)
    expected = {
        View.ALL: {filed, mine, answered, waiting, pleading, answered_plea},
        View.TO_TAKE: {filed},
        View.MINE: {mine},
        View.ANSWERED: {answered},
        View.WAITING: {waiting, pleading, answered_plea},
        View.CARDS: {*cards, left},
        View.UNCOLLECTED: {left},
        View.DECIDED: set(cards),
        View.NEWS: set(),
        View.FAILED: set(),
        View.UNASSIGNED: {filed, waiting, pleading, answered_plea},
        View.SILENCE: {mine},
        View.OVERDUE: {waiting},
        View.TIME_ASKED: {pleading},
    }
    for view, rows in expected.items():
        assert set(found(me, view=view)) == {row.id for row in rows}
    assert queue.views(me.service_id, me.id, TODAY) == {
        view: CappedCount(len(rows)) for view, rows in expected.items()
    }


def test_filters(me: Agent) -> None:
    colleague = factories.agent()
    mine, theirs = dossier(agent=me, state=State.IN_REVIEW), dossier(agent=colleague)
    nobody = dossier(state=State.UNFAVOURABLE)
    assert found(me, agent=str(colleague.id)) == [theirs.id]
    assert found(me, agent=UNASSIGNED) == []
    assert found(me, state=State.UNFAVOURABLE) == [nobody.id]
    assert found(me, state=State.IN_REVIEW) == [mine.id]
    assert found(me, view=View.TO_TAKE, state=State.IN_REVIEW) == []
    assert found(me, journey="visiteur") == []
    assert len(found(me, journey="etudiant")) == 2


@pytest.mark.parametrize("words", ["nguyen", "NGUYỄN", "anh thi", "Ánh Nguyễn", "  nguyễn  "])
def test_a_name_is_found_without_accents_case_or_order(me: Agent, words: str) -> None:
    row = dossier()
    assert found(me, words=words) == [row.id]


def test_numbers_are_found_whole_or_in_part(me: Agent) -> None:
    row, _ = dossier(), dossier()
    assert found(me, words=row.reference) == [row.id]
    assert found(me, words=row.identity["foreign_number"]) == [row.id]


@pytest.mark.parametrize("words", ["%", "_", "ngu%en", "n_uyen", "\\", "' OR 1=1 --"])
def test_wildcards_are_plain_characters(me: Agent, words: str) -> None:
    dossier()
    assert found(me, words=words) == []


def test_a_search_finds_decided_dossiers_too(me: Agent) -> None:
    row = dossier(state=State.HANDED_OVER)
    assert found(me) == []
    assert found(me, words="nguyen") == [row.id]


def test_pages_follow_one_another_without_gap_or_double(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    rows = [dossier(date(2026, 12, 1)) for _ in range(3)] + [dossier(date(2026, 12, day)) for day in (2, 3)]
    seen: list[int] = []
    after: Cursor | None = None
    while True:
        extract = queue.page(me.service_id, me.id, Filters(), after)
        seen += [row.id for row in extract.dossiers]
        if extract.after is None:
            break
        after = Cursor.read(str(extract.after))
        assert after == extract.after
    assert seen == [row.id for row in rows]


@pytest.mark.parametrize(
    "text", ["", "x", "2026-12-01", "2026-12-01_2026-13-01_5", "a_b_c", "2026-12-01_2026-12-01_"]
)
def test_a_broken_cursor_is_the_first_page(text: str) -> None:
    assert Cursor.read(text) is None


def test_urgency_counts_seven_and_thirty_days(me: Agent) -> None:
    for days in (-2, 0, 7, 8, 30, 31):
        dossier(TODAY + factories.days(days))
    counted = queue.urgency(queue.page(me.service_id, me.id, Filters()), TODAY)
    assert counted == queue.Counts(CappedCount(3), CappedCount(2), CappedCount(1))


def test_received_documents_and_last_events_of_a_page(me: Agent) -> None:
    row = dossier()
    assert "ephoto" in queue_lines.received([row.id])[row.id]
    assert "passport" in queue_lines.received([row.id])[row.id]
    assert queue_lines.last_events([row.id])[row.id] == factories.NOON
    assert queue_lines.received([]) == {}


def test_silence_is_a_list_a_filter_and_an_order(me: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured: 116 of 321 open dossiers were past that date, and no list, order or count told."""
    days = (-40, -1, 0, 15, 16)
    rows = {day: dossier(legal_answer_on=TODAY + factories.days(day)) for day in reversed(days)}
    none, decided = dossier(legal_answer_on=None), dossier(state=State.UNFAVOURABLE)
    ids = [rows[day].id for day in days]
    assert found(me, view=View.SILENCE) == ids[:4]
    assert found(me, by_answer=True) == ids, "those without such a date, or decided, are not in this order"
    assert found(me, answer_by=TODAY - factories.days(1), by_answer=True) == ids[:2]
    assert set(found(me)) == {*ids, none.id}
    assert decided.id not in found(me, state=State.UNFAVOURABLE, by_answer=True)
    chosen = Filters(today=TODAY, by_answer=True)
    counted = queue.urgency(queue.page(me.service_id, me.id, chosen), TODAY)
    assert counted == queue.Counts(CappedCount(2), CappedCount(2), CappedCount(1))
    monkeypatch.setattr(queue, "PAGE", 2)
    first = queue.page(me.service_id, me.id, chosen)
    second = queue.page(me.service_id, me.id, chosen, first.after)
    assert [row.id for row in (*first.dossiers, *second.dossiers)] == ids[:4]
    assert second.before is not None
    back = queue.page(me.service_id, me.id, chosen, before=second.before)
    assert [row.id for row in back.dossiers] == ids[:2]
    before, after = queue.neighbours(me.service_id, me.id, chosen, place(rows[0], Order.ANSWER))
    assert (before.id, after.id) == (rows[-1].id, rows[15].id)


def test_what_no_day_ends_is_no_urgency(me: Agent) -> None:
    """Seen: changes of address on top of the queue, and « Droits expirés · 46 » among the cards to hand over."""
    urgent = dossier(TODAY)
    moved = dossier(NO_END, journey="domicile")
    assert found(me) == [urgent.id, moved.id]
    certified, bare = dossier(NO_END, State.CARD_AVAILABLE), dossier(TODAY, State.CARD_AVAILABLE)
    assert found(me, view=View.CARDS) == [bare.id, certified.id]
    assert found(me, view=View.UNCOVERED, horizon=TODAY) == [urgent.id, bare.id]

"""How the engines answer what is asked all day: from an index, in its order, never by reading a table through.

Nothing is timed here: the plan of each query is read. How much faster that is, `make bench ARGS=desk` measures.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import peewee
import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.rules.parameters import CARD_REMINDERS, COMPLEMENT_REMINDERS, UNCOVERED_DAYS
from app.domain.rules.reminders import permits_concerned
from app.storage import retention
from app.storage.applications import (
    cards,
    complements,
    conversations,
    dossiers,
    rights_coverage,
    silences,
    transfers,
)
from app.storage.database import database
from app.storage.models import Agent
from app.storage.people import recoveries, reminders
from app.storage.review import assignments, dossier_view, queue, readings, search
from app.storage.review.figures import Scope
from app.storage.review.queue import Filters, View
from app.storage.review.queue_filters import UNASSIGNED
from app.storage.review.queue_order import Cursor
from tests import factories
from tests.fixtures import NOON
from tests.statements import asked

TODAY = factories.today()
# Tables that grow with the applications; the others hold a few rows each.
LARGE = {"dossier", "account", "event", "document", "audit_record", "search_word", "complement", "photo_code"}
LARGE |= {
    "conversation",
    "message",
    "transfer",
    "end_warning",
    "reminder",
    "notice",
    "attestation",
    "recovery",
}
AFTER = Cursor(date(2026, 12, 1), date(2026, 10, 1), 5)

QUESTIONS: dict[str, Callable[[Agent], object]] = {
    **{
        f"queue, {view}": lambda me, view=view: queue.page(
            me.service_id, me.id, Filters(view, today=TODAY, horizon=TODAY), AFTER
        )
        for view in View
    },
    "queue, by legal answer": lambda me: queue.page(
        me.service_id, me.id, Filters(today=TODAY, by_answer=True), AFTER
    ),
    "queue, mine by legal answer": lambda me: queue.page(
        me.service_id, me.id, Filters(View.MINE, today=TODAY, by_answer=True), AFTER
    ),
    "queue, one state": lambda me: queue.page(me.service_id, me.id, Filters(state=State.HANDED_OVER)),
    "queue, a procedure": lambda me: queue.page(me.service_id, me.id, Filters(journey="visiteur")),
    "queue, nobody's": lambda me: queue.page(me.service_id, me.id, Filters(agent=UNASSIGNED)),
    "queue, cards": lambda me: queue.page(me.service_id, me.id, Filters(queue.View.CARDS), AFTER),
    "queue, neighbours": lambda me: queue.neighbours(me.service_id, me.id, Filters(), AFTER),
    "words": lambda me: queue.page(me.service_id, me.id, Filters(words="nguyen anh"), AFTER),
    "lists": lambda me: queue.views(me.service_id, me.id, TODAY),
    "urgency": lambda me: queue.urgency(queue.page(me.service_id, me.id, Filters()), TODAY),
    "urgency of words": lambda me: queue.urgency(
        queue.page(me.service_id, me.id, Filters(words="nguyen")), TODAY
    ),
    "uncovered": lambda me: rights_coverage.how_many(me.service_id, TODAY, TODAY),
    "hands": lambda me: assignments.recent(me, NOON),
    "moves": lambda me: transfers.recent(me.service_id, NOON),
    "questions": lambda me: (conversations.waiting(me.service_id), conversations.answered(me.service_id)),
    "how many": lambda me: (conversations.how_many(me.service_id), recoveries.how_many(me.service_id)),
    "mailboxes": lambda me: recoveries.waiting(me.service_id),
    "extensions due": lambda me: dossiers.needing_extension(TODAY + timedelta(days=15)),
    "silences due": lambda me: silences.to_tell(TODAY, TODAY, NOON),
    "warnings due": lambda me: rights_coverage.to_warn(TODAY, UNCOVERED_DAYS),
    "uncovered anywhere": lambda me: rights_coverage.by_service(TODAY, TODAY),
    "certificates overdue": lambda me: rights_coverage.overdue(TODAY),
    "requests to remind of": lambda me: complements.to_remind(TODAY, COMPLEMENT_REMINDERS),
    "renewals to remind of": lambda me: reminders.concerned(permits_concerned(TODAY)),
    "cards to remind of": lambda me: cards.to_remind(TODAY, CARD_REMINDERS),
    "photos to ask for": lambda me: retention.photos_to_check(NOON, "not_arrived"),
    "readings of a service": lambda me: readings.by_agent(Scope(me.service_id, TODAY, TODAY)),
    "a person's dossiers": lambda me: (dossiers.of_account(1), dossiers.open_in(1, "etudiant")),
    "a dossier": lambda me: (
        dossiers.events(1),
        dossiers.all_documents(1),
        dossier_view.last_move(1),
        dossiers.photo(1),
    ),
}
# In the order of an index: the engine sorts nothing but the rows that a page shows.
ORDERED = [name for name in QUESTIONS if name.startswith("queue, ")]


def plan(sql: str, values: Any) -> list[str]:
    """What the engine says it would do, a step a line, with tables by their names."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        rows = database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
        names = dict(zip(*_aliases(sql), strict=True))
        return [" ".join(names.get(word, word) for word in str(row[3]).split()) for row in rows]
    with database.atomic():
        # There are few rows: what matters is that an index can serve. LOCAL: the connection is used again.
        database.execute_sql("SET LOCAL enable_seqscan = off")
        return [str(row[0]) for row in database.execute_sql(f"EXPLAIN {sql}", values).fetchall()]


def _aliases(sql: str) -> tuple[list[str], list[str]]:
    pairs = re.findall(r'"(\w+)" AS "(\w+)"', sql)
    return [alias for _table, alias in pairs], [table for table, _alias in pairs]


def walks(steps: list[str]) -> list[str]:
    """The steps that read a large table through."""
    if isinstance(database.obj, peewee.SqliteDatabase):
        return [one for one in steps if one.startswith("SCAN") and one.split()[1] in LARGE]
    return [one for one in steps if "Seq Scan on" in one and one.split("Seq Scan on ")[1].split()[0] in LARGE]


def through(steps: list[str]) -> bool:
    """Whether the rows of a service come from an index that holds their order."""
    wanted = (
        "dossier_open",
        "dossier_mine",
        "dossier_cards",
        "dossier_decided",
        "dossier_watched",
        "dossier_answer",
        "dossier_filed",
        "dossier_service_id_state_rights_end",
    )
    return any(name in one for one in steps for name in wanted)


CASES = [(name, few) for name in QUESTIONS for few in ((0, 2000) if "words" in name else (2000,))]


@pytest.mark.parametrize(("name", "few"), CASES, ids=str)
def test_no_large_table_is_read_through(
    app: Flask, monkeypatch: pytest.MonkeyPatch, name: str, few: int
) -> None:
    factories.filed()
    me = factories.agent()
    monkeypatch.setattr(search, "FEW", few)
    with asked(monkeypatch) as sent:
        QUESTIONS[name](me)
    plans = [plan(sql, values) for sql, values in sent if sql.startswith("SELECT")]
    assert plans
    for steps in plans:
        assert walks(steps) == [], steps
    if name in ORDERED:
        assert through([step for steps in plans for step in steps]), plans


@pytest.mark.engines("sqlite")  # which of two indexes PostgreSQL takes depends on how many rows there are
def test_what_colleagues_did_is_not_looked_for_in_each_dossier(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.filed()
    me = factories.agent()
    with asked(monkeypatch) as sent:
        QUESTIONS["hands"](me)
    (steps,) = [plan(sql, values) for sql, values in sent if sql.startswith("SELECT")]
    assert any("event_agent_id_action_at" in one for one in steps), steps


@pytest.mark.engines("sqlite")
def test_readings_are_found_by_service_and_day(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service reads for years: a month of it is not looked for in all of them."""
    factories.filed()
    me = factories.agent()
    with asked(monkeypatch) as sent:
        QUESTIONS["readings of a service"](me)
    plans = [plan(sql, values) for sql, values in sent if "audit_record" in sql]
    assert any("service_id=? AND at>" in step for steps in plans for step in steps), plans


def test_the_state_of_a_draft_is_a_literal(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bound, SQLite would prepare the statement again at each page of an application, five times as long."""
    with asked(monkeypatch) as sent:
        dossiers.draft(1, "etudiant")
    ((_sql, values),) = sent
    assert values == [1, "etudiant"]


@pytest.mark.engines("sqlite")
def test_of_the_cards_that_wait_only_those_to_remind_of_are_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = factories.agent()
    with asked(monkeypatch) as sent:
        QUESTIONS["cards to remind of"](me)
    (steps,) = [plan(sql, values) for sql, values in sent if sql.startswith("SELECT")]
    found = [one for one in steps if one.startswith("SEARCH")]
    assert found
    assert all("dossier_waiting_card (card_told" in one for one in found), steps

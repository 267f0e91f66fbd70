"""The day after the legal answer date: the applicant is told, once, that silence refuses and how long to contest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.calendar import silences
from app.storage.applications import silences as store
from app.storage.models import Dossier, Notice
from tests import factories

ANSWER = date(2027, 2, 21)
AFTER = datetime(2027, 2, 22, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """Filed, and never opened by anybody."""
    filed = factories.filed()
    Dossier.update(legal_answer_on=ANSWER).execute()
    Notice.delete().execute()
    return Dossier.get_by_id(filed.id)


def told() -> list[dict[str, object]]:
    return [notice.facts for notice in Notice.select().where(Notice.kind == "silence")]


def test_once_the_day_after_and_by_day(dossier: Dossier) -> None:
    assert silences.send_due(AFTER - DAY) == 0, "the service can still answer"
    assert silences.send_due(AFTER + timedelta(hours=12)) == 0, "nobody is written to in the night"
    assert [silences.send_due(AFTER + n * DAY) for n in range(60)] == [1, *[0] * 59]
    assert told() == [{"contest_until": "2027-04-21"}]


def test_nobody_is_locked_in_vain(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(silences, "_tell", lambda *_: pytest.fail("too early"))
        assert silences.send_due(AFTER - DAY) == 0
    assert silences.send_due(AFTER) == 1
    monkeypatch.setattr(silences, "_tell", lambda *_: pytest.fail("told already"))
    assert silences.send_due(AFTER) == 0


@pytest.mark.parametrize("state", [State.FAVOURABLE, State.UNFAVOURABLE, State.CLOSED, State.WITHDRAWN])
def test_not_after_a_decision(dossier: Dossier, state: State) -> None:
    Dossier.update(state=str(state)).execute()
    assert silences.send_due(AFTER) == 0


def test_an_old_silence_is_no_news(dossier: Dossier) -> None:
    assert silences.send_due(AFTER + 40 * DAY) == 0


def test_workers_that_found_the_same_dossier_decide_under_its_lock(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "to_tell", lambda *_: [dossier])
    assert silences.send_due(AFTER - DAY) == 0
    assert [silences.send_due(AFTER) for _worker in range(2)] == [1, 0]
    Notice.delete().execute()
    Dossier.update(state=str(State.FAVOURABLE)).execute()
    assert silences.send_due(AFTER) == 0

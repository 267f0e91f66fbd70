"""The clock of the database, by which all machines go."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from peewee import OperationalError

from app.storage import shared_clock
from app.storage.database import clock, database
from app.storage.shared_clock import SharedClock

MOMENT = timedelta(seconds=30)  # far less than what the machine is off by
AHEAD = timedelta(hours=2)


@pytest.fixture
def ahead(monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    """This machine is two hours ahead."""
    monkeypatch.setattr(shared_clock, "machine_clock", lambda: datetime.now(UTC) + AHEAD)


@pytest.mark.engines("postgres")
def test_another_time_of_this_machine_changes_nothing_and_is_known(ahead: None) -> None:
    shared = SharedClock()
    assert abs(shared() - clock()) < MOMENT
    assert abs(shared.off() - AHEAD) < MOMENT


@pytest.mark.engines("sqlite")
def test_sqlite_has_no_clock_but_its_machine(ahead: None) -> None:
    shared = SharedClock()
    assert abs(shared() - AHEAD - clock()) < MOMENT
    assert abs(shared.off()) < MOMENT


@pytest.mark.engines("postgres")
def test_it_goes_on_by_itself_and_is_asked_again_later(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [datetime(2027, 3, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)]
    passed = [100.0]
    monkeypatch.setattr(shared_clock, "clock", lambda: answers.pop(0))
    monkeypatch.setattr(shared_clock, "counted", lambda: passed[0])
    shared = SharedClock(5)
    assert shared() == datetime(2027, 3, 1, tzinfo=UTC)
    passed[0] += 4
    assert shared() == datetime(2027, 3, 1, 0, 0, 4, tzinfo=UTC)
    passed[0] += 1
    assert shared() == datetime(2027, 6, 1, tzinfo=UTC)


@pytest.mark.engines("postgres")
def test_it_goes_on_without_its_database_and_within_transactions(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> datetime:
        raise OperationalError

    shared = SharedClock(0)
    before = shared()
    monkeypatch.setattr(shared_clock, "clock", away)
    assert before < shared() < before + MOMENT
    monkeypatch.setattr(shared_clock, "clock", lambda: pytest.fail("asked where an error would end more"))
    with database.atomic():
        assert before < shared() < before + MOMENT
    told: list[datetime] = []
    without = threading.Thread(target=lambda: told.append(shared()))  # a thread that has not connected
    without.start()
    without.join()
    assert before < told[0] < before + MOMENT

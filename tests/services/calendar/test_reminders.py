"""Reminders: each at most once a permit, only the latest after a stop, by day, to nobody who has filed."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from app.services.calendar import reminders
from app.storage.database import database
from app.storage.models import Notice, Outbox, Reminder
from app.storage.people import reminders as store
from tests import factories
from tests.services.outside import sweep
from tests.statements import asked

ENDS = date(2027, 3, 31)


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def before(days: int, hour: int = 12) -> datetime:
    """So many days before the permit ends."""
    return at(ENDS - timedelta(days=days), hour)


@pytest.fixture
def person(app):
    return factories.account(factories.identity(ENDS), created_at=at(date(2026, 6, 1)))


def told():
    return [one.kind for one in Notice.select().order_by(Notice.id)]


def test_each_one_on_its_day_and_once(app, person):
    left = {
        days: n for days in range(125, -3, -1) for h in (8, 12) if (n := reminders.send_due(before(days, h)))
    }
    assert left == {120: 1, 75: 1, 61: 1}
    assert told() == ["renewal_opening", "renewal_halfway", "renewal_last_days"]
    assert Outbox.select().where(Outbox.kind == "mail_notice").count() == 3
    assert [one.sent for one in Reminder.select()] == [True] * 3


def test_once_nobody_is_left_nobody_is_looked_for_until_the_next_day(app, person, monkeypatch):
    """Asked each minute, the question read a third of all accounts each time."""
    assert reminders.send_due(before(120)) == 1
    with asked(monkeypatch) as last:
        assert reminders.send_due(before(120, 13)) == 0
    with asked(monkeypatch) as none:
        assert reminders.send_due(before(120, 14)) == 0
    assert [sum("foreign_number" in sql for sql, _values in one) for one in (last, none)] == [1, 0]
    assert reminders.send_due(before(75)) == 1


@pytest.mark.parametrize(
    ("days", "kind", "late"),
    [(100, "opening", False), (70, "halfway", False), (60, "last_days", False), (40, "last_days", True)],
)
def test_after_a_stop_only_the_latest_leaves(app, person, days, kind, late):
    assert reminders.send_due(before(days)) == 1
    assert told() == [f"renewal_{kind}"]
    assert Notice.get().facts["late"] is late
    assert [one.kind for one in Reminder.select().where(Reminder.sent)] == [kind]
    assert reminders.send_due(before(days) + timedelta(minutes=1)) == 0


def test_nothing_leaves_once_the_permit_has_ended(app, person):
    assert reminders.send_due(before(-1)) == 0
    assert Reminder.select().count() == 0


def test_whoever_has_filed_is_left_alone(app, person):
    factories.filed(person, at=before(100))
    assert reminders.send_due(before(75)) == 0
    assert Reminder.select().count() == 0


def test_who_files_while_reminders_are_sent_is_left_alone(app, person, monkeypatch):
    """They were found before they filed."""
    monkeypatch.setattr(store, "concerned", lambda permits: [person.id])
    factories.filed(person, at=before(120))
    Notice.delete().execute()
    assert reminders.send_due(before(120)) == 0
    assert told() == []
    assert Reminder.select().count() == 0


def test_a_draft_is_not_a_filing_and_neither_is_the_application_for_an_earlier_permit(app, person):
    earlier = factories.identity(date(2026, 3, 31), foreign_number=person.foreign_number)
    factories.filed(person, at=at(date(2025, 12, 20)), identity=earlier)
    factories.draft(person)
    Notice.delete().execute()
    assert reminders.send_due(before(120)) == 1


def test_a_new_permit_is_reminded_anew(app, person):
    assert reminders.send_due(before(61)) == 1
    person.identity = {**person.identity, "valid_until": "2028-03-31"}
    person.save()
    assert reminders.send_due(at(date(2028, 3, 31) - timedelta(days=120))) == 1


def test_an_account_made_during_the_window_is_not_told_what_it_has_just_read(app):
    factories.account(factories.identity(ENDS), created_at=before(100))
    assert [reminders.send_due(before(days)) for days in (100, 90, 75)] == [0, 0, 1]


def test_what_is_switched_off_does_not_leave_and_is_not_caught_up_later(app, person):
    assert [str(kind) for kind in reminders.wanted(person)] == ["opening", "halfway", "last_days"]
    reminders.choose(person, ["last_days"])
    reminders.choose(person, ["last_days"])
    assert reminders.wanted(person) == ("last_days",)
    assert reminders.send_due(before(120)) == 0
    reminders.choose(person, ["opening", "halfway", "last_days"])
    assert reminders.send_due(before(119)) == 0
    assert reminders.send_due(before(61)) == 1


@pytest.mark.parametrize(
    ("ends", "moment", "leaves"),
    [
        # The window opens on the day the clocks go forward, and on the day they go back.
        (date(2027, 7, 26), datetime(2027, 3, 28, 6, 59, tzinfo=UTC), 0),
        (date(2027, 7, 26), datetime(2027, 3, 28, 7, 0, tzinfo=UTC), 1),
        (date(2027, 2, 22), datetime(2026, 10, 25, 7, 59, tzinfo=UTC), 0),
        (date(2027, 2, 22), datetime(2026, 10, 25, 8, 0, tzinfo=UTC), 1),
        # Late in the evening it waits for the morning; the day is the one in Paris.
        (date(2027, 7, 26), datetime(2027, 3, 28, 18, 0, tzinfo=UTC), 0),
        (date(2028, 6, 28), datetime(2028, 2, 28, 12, 0, tzinfo=UTC), 0),
        (date(2028, 6, 28), datetime(2028, 2, 29, 12, 0, tzinfo=UTC), 1),
    ],
)
def test_letters_leave_by_day_in_paris(app, ends, moment, leaves):
    factories.account(factories.identity(ends), created_at=at(date(2026, 6, 1)))
    assert reminders.send_due(moment) == leaves


def test_one_broken_account_holds_up_nobody(app, person):
    factories.account(
        {**factories.identity(ENDS), "valid_until": "2027-03-1x"}, created_at=at(date(2026, 6, 1))
    )
    assert reminders.send_due(before(120)) == 1


def test_two_workers_send_each_reminder_once(app, clock):
    for _ in range(12):
        factories.account(factories.identity(ENDS), created_at=at(date(2026, 6, 1)))
    sent, gate = [], threading.Barrier(3)

    def work() -> None:
        with database.connection_context():
            gate.wait()
            sent.append(reminders.send_due(before(75)))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == 12
    assert Notice.select().count() == 12
    assert Reminder.select().where(Reminder.sent).count() == 12


def test_the_worker_sends_them(app, person):
    sweep(app, before(61))
    assert told() == ["renewal_last_days"]

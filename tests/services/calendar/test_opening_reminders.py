"""A reminder without an account: confirmed, sent on its day, forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app import jobs
from app.domain.rules.calendar import filing_window
from app.services.access.origins import Origin
from app.services.access.throttles import TooSoon
from app.services.calendar import opening_reminders
from app.services.calendar.opening_reminders import NothingToRemind
from app.storage.models import Outbox, ReturnReminder
from tests.services.outside import sweep

WINDOW = filing_window(date(2027, 6, 1))  # opens on 1 February 2027
NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
OPENING = datetime(2027, 2, 1, 11, tzinfo=UTC)
ADDRESS = "nom@exemple.fr"


def ask(email=ADDRESS, now=NOW, language="fr"):
    opening_reminders.ask(email, WINDOW, language, Origin("192.0.2.1"), now)
    return Outbox.select().order_by(Outbox.id.desc()).get().payload["facts"]["token"]


@pytest.fixture
def confirmed(app):
    found = opening_reminders.of_token(ask())
    opening_reminders.confirm(found, NOW)
    return found


def letters(app, now):
    jobs.run_once(app, now)
    return [str(letter["Subject"]) for _name, letter in app.extensions["gateways"].mail.letters()]


def test_it_leaves_on_its_day_once_and_the_address_goes(app, confirmed):
    assert opening_reminders.send_due(OPENING - timedelta(days=1)) == 0
    assert opening_reminders.send_due(OPENING.replace(hour=3)) == 0, "at night nobody is written to"
    assert opening_reminders.send_due(OPENING) == 1
    assert ReturnReminder.select().count() == 0
    assert opening_reminders.send_due(OPENING) == 0


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("fr", "Confirmez votre adresse pour le rappel du 1er février 2027", "Vous pouvez déposer"),
        ("en", "Confirm your address for the reminder of 1 February 2027", "You can"),
    ],
)
def test_both_letters_say_the_days(app, language, first, second):
    opening_reminders.confirm(opening_reminders.of_token(ask(language=language)), NOW)
    assert [one.replace("\u00a0", " ") for one in letters(app, NOW)] == [first]
    sweep(app, OPENING)
    assert any(one.startswith(second) for one in letters(app, OPENING))
    last = next(iter(app.extensions["gateways"].mail.letters()))[1].get_content().replace("\u00a0", " ")
    assert ("2 avril 2027" if language == "fr" else "2 April 2027") in last


def test_nothing_leaves_without_confirmation_and_the_address_is_forgotten(app):
    ask()
    assert opening_reminders.send_due(OPENING) == 0
    sweep(app, NOW + timedelta(hours=23))
    assert ReturnReminder.select().count() == 1
    sweep(app, NOW + timedelta(hours=25))
    assert ReturnReminder.select().count() == 0


def test_a_confirmed_one_waits_for_its_day(app, confirmed):
    sweep(app, NOW + timedelta(days=30))
    assert ReturnReminder.select().count() == 1


def test_it_can_be_taken_back(app, confirmed):
    opening_reminders.cancel(confirmed)
    assert opening_reminders.send_due(OPENING) == 0


def test_asking_twice_keeps_one_and_only_the_last_link(app, confirmed):
    again = ask(now=NOW + timedelta(minutes=1))
    assert ReturnReminder.select().count() == 1
    assert opening_reminders.of_token(again).confirmed_at is not None


def test_a_mailbox_is_not_filled_from_here(app):
    for _ in range(6):
        ask()
    with pytest.raises(TooSoon):
        ask()
    ask("autre@exemple.fr")


def test_once_open_there_is_nothing_to_remind(app):
    with pytest.raises(NothingToRemind):
        ask(now=OPENING)

"""A new browser is told by mail, a known one is not; a new password makes the others unknown."""

from datetime import timedelta

import pytest
from flask import Flask

from app.domain.rules.retention import PERIODS, Kept
from app.services.access import known_browsers
from app.services.access.origins import Origin
from app.services.accounts import accounts
from app.services.staff import agents
from app.storage import retention
from app.storage.models import KnownBrowser, Outbox
from tests import factories
from tests.fixtures import NOON

HERE = Origin("192.0.2.1", "b" * 43, "Firefox, Linux")


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


def letters() -> list[str]:
    return [
        row.payload["template"] for row in Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    ]


def test_a_new_browser_is_told_once():
    person = factories.account()
    for _time in range(2):
        accounts.admit(person, HERE, "password", NOON)
    assert letters() == ["mail/accounts/new_browser.txt"]
    facts = Outbox.select().get().payload["facts"]
    assert facts == {"device": "Firefox, Linux", "at": NOON.isoformat()}, "no address, no number"


def test_the_browser_of_the_signup_is_told_to_nobody():
    accounts.admit(factories.account(), HERE, "sign-up", NOON, first=True)
    assert letters() == []


def test_agents_are_told_too():
    agents.admit(factories.agent(), HERE, NOON)
    assert letters() == ["mail/staff/new_browser.txt"]


def test_a_new_password_is_told_and_makes_this_browser_the_only_known_one():
    person = factories.account()
    accounts.admit(person, Origin("192.0.2.9", "c" * 43), "password", NOON, first=True)
    accounts.ask_reset(person.email, HERE, NOON)
    token = Outbox.select().get().payload["facts"]["token"]
    accounts.reset(token, "une barque verte sur la rive", HERE, NOON)
    assert letters()[1:] == ["mail/accounts/password_changed.txt"]
    assert known_browsers.knows(person, HERE.browser)
    assert not known_browsers.knows(person, "c" * 43)


def test_a_browser_is_known_to_its_person_only_and_for_six_months():
    person, other = factories.account(), factories.account(factories.identity(foreign_number="0123456789"))
    known_browsers.remember(person, HERE, NOON)
    assert not known_browsers.knows(other, HERE.browser)
    assert not known_browsers.knows(None, HERE.browser)
    assert not known_browsers.knows(person, "")
    over = PERIODS[Kept.BROWSER].span.on(NOON.date()).after(NOON)
    retention.delete_expired(over)
    assert KnownBrowser.select().count() == 1
    retention.delete_expired(over + timedelta(seconds=1))
    assert KnownBrowser.select().count() == 0

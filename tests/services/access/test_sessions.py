"""Sessions end when told, and forms are kept by person and page."""

from datetime import timedelta

import pytest
from flask import Flask

from app.services.access import sessions
from app.services.accounts import accounts
from app.storage.models import Account, KeptForm, Session
from app.storage.people.accounts import saved_form
from tests import factories
from tests.fixtures import NOON


@pytest.fixture
def account(app: Flask) -> Account:
    return factories.account()


def test_a_form_is_kept_by_person_and_page(account: Account):
    other = factories.account()
    accounts.save_form(account, "/fr/a", [("city", "Lyon"), ("city", "Bron")], NOON)
    accounts.save_form(account, "/fr/a", [("city", "Écully")], NOON)
    accounts.save_form(other, "/fr/a", [("city", "Nice")], NOON)
    assert saved_form(account.id, "/fr/a") == [("city", "Écully")]
    assert saved_form(account.id, "/fr/b") is None
    accounts.delete_saved_form(account, "/fr/a")
    assert saved_form(account.id, "/fr/a") is None
    assert KeptForm.select().count() == 1


@pytest.mark.parametrize(
    ("visits", "minutes", "alive"),
    [
        ([], 29, True),
        ([], 30, False),
        ([25, 50], 79, True),
        ([25, 50], 80, False),
        (list(range(20, 720, 20)), 719, True),
        (list(range(20, 720, 20)), 720, False),
    ],
)
def test_a_session_ends_after_half_an_hour_idle_and_after_twelve_hours(
    account: Account, visits: list[int], minutes: int, alive: bool
):
    sessions.begin(NOON, account=account)
    for minute in visits:
        session = Session.select().get()
        assert sessions.alive(session, NOON + timedelta(minutes=minute))
        sessions.prolong(session, NOON + timedelta(minutes=minute))
    assert sessions.alive(Session.select().get(), NOON + timedelta(minutes=minutes)) is alive


def test_the_table_holds_no_token(account: Account):
    token = sessions.begin(NOON, account=account)
    assert token not in str(list(Session.select().dicts()))
    assert sessions.owner(token) == account.id
    sessions.end(token)
    assert sessions.owner(token) is None

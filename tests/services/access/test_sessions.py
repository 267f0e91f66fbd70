"""Sessions end when told, and forms are kept by person and page."""

from datetime import timedelta

import pytest
from flask import Flask

from app.services.access import kept_forms, sessions
from app.services.access.kept_forms import Owner
from app.storage.models import Account, KeptForm, Session
from tests import factories
from tests.fixtures import NOON


@pytest.fixture
def account(app: Flask) -> Account:
    return factories.account()


def test_a_form_is_kept_by_person_and_page(account: Account):
    """The agent with the id of an applicant is another person."""
    mine, other, agent = (
        Owner("account", account.id),
        Owner("account", factories.account().id),
        Owner("agent", factories.agent(id=account.id).id),
    )
    kept_forms.keep(mine, "/a", [("city", "Lyon"), ("city", "Bron")], NOON)
    kept_forms.keep(mine, "/a", [("city", "Écully")], NOON)
    kept_forms.keep(mine, "/b", [("city", "Dijon")], NOON)
    kept_forms.keep(other, "/a", [("city", "Nice")], NOON)
    kept_forms.keep(agent, "/a", [("city", "Metz")], NOON)
    assert kept_forms.of(mine) == {"/a": [("city", "Écully")], "/b": [("city", "Dijon")]}
    kept_forms.forget(mine, "/a")
    assert kept_forms.of(mine).keys() == {"/b"}
    assert KeptForm.select().count() == 3


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
    assert kept_forms.owner_of_session(sessions.digest(token)) == Owner("account", account.id)
    sessions.end(token)
    assert kept_forms.owner_of_session(sessions.digest(token)) is None

"""Coming in, and coming back: one answer for the known and the unknown, and no owner shut out."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask

from app import jobs
from app.services.access import known_browsers, passwords, sessions
from app.services.access.origins import Origin
from app.services.access.passwords import WeakPassword
from app.services.access.refusals import DeadLink, WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts
from app.storage import outbox
from app.storage.database import database
from app.storage.models import Account, Outbox, ResetLink, Session
from tests import factories
from tests.factories import PASSWORD
from tests.fixtures import NOON
from tests.services.outside import Post, with_gateways

HERE, THERE = Origin("192.0.2.1"), Origin("192.0.2.2")
NEW = "une barque verte sur la rive"


@pytest.fixture(autouse=True)
def _database(app: Flask) -> None:
    """Every test here writes."""


@pytest.fixture
def account() -> Account:
    return factories.account(factories.identity(foreign_number="0123456789"), email="anh@exemple.fr")


def letters() -> list[dict[str, Any]]:
    written = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    return [row.payload for row in written if row.payload["to"]]


def link(identifier: str = "anh@exemple.fr", at: datetime = NOON) -> str:
    """The token that the last letter holds."""
    accounts.ask_reset(identifier, HERE, at)
    return str(letters()[-1]["facts"]["token"])


def fail(times: int, identifier: str = "0123456789", source: Origin = HERE) -> None:
    for _time in range(times):
        with pytest.raises(WrongCredentials):
            accounts.authenticate(identifier, "wrong", source, NOON)


@contextmanager
def statements() -> Iterator[list[str]]:
    """The kinds of statements that a block runs."""
    run: list[str] = []
    execute = database.obj.execute_sql

    def noted(sql: str, *rest: Any, **options: Any) -> Any:
        words = sql.split(maxsplit=3)
        run.append(" ".join(words[:3]) if words[0] == "INSERT" else words[0])
        return execute(sql, *rest, **options)

    database.obj.execute_sql = noted
    try:
        yield run
    finally:
        del database.obj.execute_sql


# --- signing in


@pytest.mark.parametrize(
    "identifier",
    ["0123456789", "123456789", "01 23 45 67 89", "anh@exemple.fr", " Anh@Exemple.FR "],
)
def test_a_number_or_an_address_however_they_are_written(account: Account, identifier: str):
    assert accounts.authenticate(identifier, PASSWORD, HERE, NOON) == account


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        ("0123456789", "wrong"),
        ("0123456789", ""),
        ("0123456789", PASSWORD.upper()),
        ("9999999999", PASSWORD),
        ("nobody@exemple.fr", PASSWORD),
        ("a name", PASSWORD),
        ("", PASSWORD),
        ("@", ""),
    ],
)
def test_anything_else_is_one_answer(account: Account, identifier: str, password: str):
    with pytest.raises(WrongCredentials):
        accounts.authenticate(identifier, password, HERE, NOON)


@pytest.mark.parametrize(
    ("known", "unknown"), [("0123456789", "9999999999"), ("anh@exemple.fr", "no@exemple.fr")]
)
def test_the_unknown_costs_what_the_known_costs(
    account: Account, known: str, unknown: str, monkeypatch: pytest.MonkeyPatch
):
    checked: list[str] = []
    verify = passwords.verify_password
    monkeypatch.setattr(
        passwords, "verify_password", lambda kept, typed: checked.append(kept) or verify(kept, typed)
    )
    runs = []
    for identifier in (known, unknown):
        with statements() as run, pytest.raises(WrongCredentials):
            accounts.authenticate(identifier, "wrong", HERE, NOON)
        runs.append(run)
    assert runs[0] == runs[1]
    assert len(checked) == 2
    assert checked[0].split("$")[:4] == checked[1].split("$")[:4]


def test_tries_are_delayed_for_the_known_and_the_unknown_alike(account: Account):
    for identifier in ("0123456789", "9999999999"):
        fail(6, identifier)
        with pytest.raises(TooSoon) as soon:
            accounts.authenticate(identifier, PASSWORD, HERE, NOON)
        assert soon.value.until == NOON + timedelta(seconds=5)


def test_one_number_written_in_many_ways_is_one_count(account: Account):
    for identifier in (
        "0123456789",
        "01 23 45 67 89",
        "123456789",
        "0123.456.789",
        "01-23-45-67-89",
        "123 456 789",
    ):
        fail(1, identifier)
    with pytest.raises(TooSoon):
        accounts.authenticate("0123456789", PASSWORD, HERE, NOON)


def test_tries_from_elsewhere_never_shut_the_owner_out(account: Account):
    fail(6, source=THERE)
    assert accounts.authenticate("0123456789", PASSWORD, HERE, NOON) == account


def test_neighbours_behind_one_address_do_not_wait_for_each_other(account: Account):
    fail(6, "9999999999")
    assert accounts.authenticate("0123456789", PASSWORD, HERE, NOON) == account


def test_a_success_ends_the_count(account: Account):
    fail(5)
    accounts.authenticate("0123456789", PASSWORD, HERE, NOON)
    fail(5)
    accounts.authenticate("0123456789", PASSWORD, HERE, NOON)


@pytest.mark.usefixtures("product_hasher")
def test_a_digest_of_older_parameters_is_made_anew(account: Account):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    Account.update(password_hash=weak).where(Account.id == account.id).execute()
    accounts.authenticate("0123456789", PASSWORD, HERE, NOON)
    renewed = Account.get_by_id(account.id).password_hash
    assert not passwords.is_outdated(renewed)
    assert passwords.verify_password(renewed, PASSWORD)


# --- a new password


@pytest.mark.parametrize("identifier", ["0123456789", "123 456 789", "ANH@exemple.fr"])
def test_a_link_goes_to_the_address_of_the_account(account: Account, identifier: str):
    assert accounts.link_holder(link(identifier), NOON)
    [letter] = letters()
    assert (letter["to"], letter["template"], letter["language"]) == (
        "anh@exemple.fr",
        "mail/accounts/reset_password.txt",
        "fr",
    )


@pytest.mark.parametrize("identifier", ["9999999999", "nobody@exemple.fr", "x", ""])
def test_an_unknown_identifier_sends_nothing_and_says_nothing(account: Account, identifier: str):
    accounts.ask_reset(identifier, HERE, NOON)
    assert letters() == []


def test_asking_for_the_unknown_writes_too(account: Account):
    runs = []
    for identifier in ("0123456789", "9999999999"):
        with statements() as run:
            accounts.ask_reset(identifier, HERE, NOON)
        runs.append(run)
    assert [one.replace("reset_link", "entry") for one in runs[0]] == runs[1]
    assert 'INSERT INTO "throttle"' in runs[1]
    assert Outbox.select().count() == 2


def test_the_worker_writes_to_nobody(app: Flask):
    post = Post()
    with_gateways(app, mail=post)
    accounts.ask_reset("9999999999", HERE, NOON)
    assert jobs.run_once(app, NOON) == 1
    assert post.letters == []
    assert outbox.backlog() == {"waiting": 0, "failed": 0}


def test_nobody_floods_a_mailbox_and_one_link_is_always_live(account: Account):
    sent: list[datetime] = []
    for minute in range(180):
        before = len(letters())
        accounts.ask_reset("0123456789", HERE, at := NOON + timedelta(minutes=minute))
        sent += [at] * (len(letters()) - before)
        assert ResetLink.select().where(ResetLink.expires_at > at).exists()
    assert len(sent) < 25


def test_the_link_sets_a_password_once(account: Account):
    token = link()
    accounts.reset(token, NEW, HERE, NOON)
    assert accounts.authenticate("0123456789", NEW, HERE, NOON) == account
    with pytest.raises(WrongCredentials):
        accounts.authenticate("0123456789", PASSWORD, HERE, NOON)
    with pytest.raises(DeadLink):
        accounts.reset(token, "une autre barque sur la rive", HERE, NOON)
    assert not accounts.link_holder(token, NOON)


def test_the_link_lives_half_an_hour(account: Account):
    token = link()
    late = NOON + timedelta(minutes=30)
    assert accounts.link_holder(token, late - timedelta(seconds=1))
    assert not accounts.link_holder(token, late)
    with pytest.raises(DeadLink):
        accounts.reset(token, NEW, HERE, late)


@pytest.mark.parametrize("token", ["", "made up", "é" * 500])
def test_a_link_that_never_was(account: Account, token: str):
    with pytest.raises(DeadLink):
        accounts.reset(token, NEW, HERE, NOON)


def test_a_weak_password_uses_nothing_up(account: Account):
    token = link()
    with pytest.raises(WeakPassword):
        accounts.reset(token, "password1234", HERE, NOON)
    accounts.reset(token, NEW, HERE, NOON)


def test_a_new_password_ends_every_session_and_every_other_link(account: Account):
    other = factories.account()
    for whose in (account, account, other):
        sessions.begin(NOON, account=whose)
    first, second = link(), link()
    accounts.reset(second, NEW, HERE, NOON)
    assert not accounts.link_holder(first, NOON)
    assert [session.account for session in Session.select()] == [other]


def test_whoever_comes_by_the_link_waits_no_more(account: Account):
    fail(6)
    with pytest.raises(TooSoon):
        accounts.authenticate("0123456789", PASSWORD, HERE, NOON)
    accounts.reset(link(), NEW, HERE, NOON)
    assert accounts.authenticate("0123456789", NEW, HERE, NOON) == account


def test_a_provisional_password_ends_with_its_term(account: Account):
    Account.update(provisional_until=NOON).where(Account.id == account.id).execute()
    assert accounts.authenticate("anh@exemple.fr", PASSWORD, HERE, NOON - timedelta(seconds=1))
    with pytest.raises(WrongCredentials):
        accounts.authenticate("anh@exemple.fr", PASSWORD, HERE, NOON)


def test_no_password_is_not_the_password_of_an_account_that_has_one(account: Account):
    with pytest.raises(WrongCredentials):
        accounts.require_password(account, "", HERE, NOON)
    Account.update(password_hash="").where(Account.id == account.id).execute()
    accounts.require_password(Account.get_by_id(account.id), "", HERE, NOON)


def test_a_changed_password_makes_every_other_browser_unknown_and_signs_it_out(account: Account):
    here, there = Origin("192.0.2.1", "one browser"), Origin("192.0.2.1", "another browser")
    tokens = [accounts.admit(account, origin, "password", NOON) for origin in (here, there)]
    mine, other = (Session.get(Session.digest == sessions.digest(token)) for token in tokens)
    accounts.change_password(account, PASSWORD, NEW, mine, here, NOON)
    assert [known_browsers.knows(account, origin.browser) for origin in (here, there)] == [True, False]
    assert [row.id for row in Session.select()] == [mine.id]
    assert other.id != mine.id

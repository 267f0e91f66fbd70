"""Tries that come at the same instant are counted one by one: none is free, none is lost."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from flask import Flask

from app.services.access import limits, passwords, throttles
from app.services.access.origins import Origin
from app.services.access.refusals import WrongCredentials
from app.services.access.throttles import TooSoon
from app.services.accounts import accounts, signups
from app.services.accounts.signups import CODE_TRIES, WrongCode
from app.services.staff import recovery_codes
from app.storage.database import database
from app.storage.models import Outbox, RecoveryCode, Signup, Throttle
from tests import factories
from tests.fixtures import NOON
from tests.services.accounts.test_signups import begun, sent_to

MANY = 32
HERE = Origin("192.0.2.1")
FREE = 5


def at_once(act: Callable[[], object]) -> None:
    """Act on as many connections as a pool has, at the same instant: this thread's is one of them."""
    start = threading.Barrier(MANY)

    def wait_and_act() -> None:
        database.execute_sql("SELECT 1")  # the connection is there before the others start
        start.wait(100)
        act()

    def connected() -> None:
        with database.connection_context():
            wait_and_act()

    threads = [threading.Thread(target=connected) for _ in range(MANY - 1)]
    for thread in threads:
        thread.start()
    wait_and_act()
    for thread in threads:
        thread.join()


def test_a_crowd_shares_the_free_tries(app: Flask) -> None:
    """Each try of a crowd was made before the first was counted."""
    admitted = []

    def guess() -> None:
        with suppress(TooSoon):
            admitted.append(throttles.attempt(limits.PASSWORD, "9920000137", HERE, NOON))

    at_once(guess)
    assert len(admitted) == FREE + 1
    rules = (limits.PASSWORD.both, limits.PASSWORD.account, limits.PASSWORD.source)
    assert sorted(row.failures for row in Throttle.select()) == sorted(
        FREE + 1 - rule.free for rule in rules if rule
    ), "on every axis alike: what was refused counts nowhere"
    assert [row.blocked_until for row in Throttle.select() if row.blocked_until] == [NOON + limits.SHORTEST]


def test_a_crowd_of_wrong_passwords_is_looked_at_six_times(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(passwords, "verify_password", lambda _stored, typed: bool(looked.append(typed)))
    person = factories.account()

    def guess() -> None:
        with pytest.raises((TooSoon, WrongCredentials)):
            accounts.authenticate(person.email, "faux", HERE, NOON)

    at_once(guess)
    assert len(looked) == FREE + 1


def test_a_crowd_of_wrong_codes_has_five_tries_together(app: Flask) -> None:
    signup = begun()
    code = sent_to(signup)["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    seen = Signup.get_by_id(signup.id)

    def guess() -> None:
        with pytest.raises(WrongCode):
            signups.verify(seen, wrong, HERE, NOON)

    at_once(guess)
    assert Signup.get().code_tries == CODE_TRIES


def test_a_row_read_before_others_tried_gives_no_try_more(app: Flask) -> None:
    """Fifty requests read the row together; the fiftieth has the right code, too late."""
    signup = begun()
    code = sent_to(signup)["code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    rows = [Signup.get_by_id(signup.id) for _ in range(50)]
    for row in rows[1:]:
        with pytest.raises(WrongCode):
            signups.verify(row, wrong, HERE, NOON)
    with pytest.raises(WrongCode):
        signups.verify(rows[0], code, HERE, NOON)
    assert Signup.get().verified_at is None


def test_a_recovery_code_that_several_use_at_once_opens_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = factories.agent(factories.service())
    recovery_codes.renew(agent, ["7K2M-9QXA-4WTB", "8K2M-9QXA-4WTB"])
    digest_of, read = recovery_codes.code_digest, threading.Barrier(MANY)

    def digest_of_all(*given: Any) -> str:
        found = digest_of(*given)
        read.wait(60)  # a digest takes longer than the rest: without this they would come one by one
        return found

    monkeypatch.setattr(recovery_codes, "code_digest", digest_of_all)
    opened: list[bool] = []
    at_once(lambda: opened.append(recovery_codes.spend(agent, "7k2m 9qxa 4wtb", NOON)))
    assert sorted(opened) == [False] * (MANY - 1) + [True]
    told = [row for row in Outbox.select() if row.payload["template"] == "mail/staff/recovery_code.txt"]
    assert len(told) == 1
    assert RecoveryCode.select().count() == 1


@pytest.mark.parametrize("way", ["code", "link"])
def test_what_was_sent_to_an_address_verifies_no_other_typed_meanwhile(app: Flask, way: str) -> None:
    signup = begun()
    first = sent_to(signup, "anh@exemple.fr")
    seen = Signup.get_by_id(signup.id)
    sent_to(seen, "victime@exemple.fr")
    if way == "code":
        with pytest.raises(WrongCode):
            signups.verify(seen, first["code"], HERE, NOON)
    else:
        signups.confirm(seen, NOON)
    assert Signup.get().verified_at is None
    assert Signup.get().code_tries == 0, "a try of the code before costs none of the new one"

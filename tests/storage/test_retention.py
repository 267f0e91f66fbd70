"""What the worker deletes, and when: a row of each kind on both sides of its age."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from flask import Flask

from app.storage import retention
from app.storage.models import (
    AgentLink,
    Entry,
    Outbox,
    Recovery,
    ResetLink,
    ReturnReminder,
    Session,
    Signup,
    Table,
    Throttle,
)
from tests import factories
from tests.fixtures import NOON

DAY, YEAR = timedelta(days=1), timedelta(days=365)
_digest = count(1)


def digest() -> str:
    return f"{next(_digest):064d}"


def recovery(**columns: Any) -> Recovery:
    given = {"account": factories.account(), "service": factories.service(), "email": "a@exemple.fr"}
    return Recovery.create(**given | {"language": "fr", "link_digest": digest()} | columns)


def reminder(at: datetime, **columns: Any) -> ReturnReminder:
    days = {"opens": factories.today(), "closes": factories.today()}
    address = f"{next(_digest)}@exemple.fr"
    return ReturnReminder.create(email=address, language="fr", digest=digest(), asked_at=at, **days | columns)


Make = Callable[[datetime], Table]
# By what it is: how long it is kept, and one whose time began at an instant.
KEPT: dict[str, tuple[timedelta, Make]] = {
    "account begun": (
        DAY,
        lambda at: Signup.create(digest=digest(), foreign_number="9920000001", language="fr", created_at=at),
    ),
    "link to a new password": (
        DAY,
        lambda at: ResetLink.create(digest=digest(), account=factories.account(), expires_at=at),
    ),
    "invitation": (
        DAY,
        lambda at: AgentLink.create(
            digest=digest(), agent=factories.agent(), purpose="invitation", expires_at=at
        ),
    ),
    "way in by mail": (
        DAY,
        lambda at: Entry.create(digest=digest(), code_digest=digest(), link_digest=digest(), asked_at=at),
    ),
    "session": (
        DAY,
        lambda at: Session.create(
            digest=digest(), account=factories.account(), created_at=at - YEAR, seen_at=at
        ),
    ),
    "failures": (DAY, lambda at: Throttle.create(key=digest(), failures=3, last_at=at)),
    "work done": (
        DAY,
        lambda at: Outbox.create(kind="mail", payload={}, due_at=at - YEAR, done_at=at),
    ),
    "reminder whose address nobody confirmed": (DAY, reminder),
    "other address that nobody confirmed": (2 * DAY, lambda at: recovery(asked_at=at)),
    "other address of nobody": (
        2 * DAY,
        lambda at: recovery(asked_at=at, confirmed_at=at, account=None),
    ),
    "other address decided": (
        YEAR,
        lambda at: recovery(asked_at=at - DAY, confirmed_at=at - DAY, decided_at=at),
    ),
    "other address stopped": (
        YEAR,
        lambda at: recovery(asked_at=at - DAY, confirmed_at=at - DAY, stopped_at=at),
    ),
}
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("kind", KEPT)
def test_a_row_is_deleted_when_its_time_is_over_and_not_before(app: Flask, kind: str) -> None:
    life, make = KEPT[kind]
    over, fresh = make(NOON - life - SECOND), make(NOON - life + SECOND)
    assert retention.delete_expired(NOON) == 1
    left = [row.get_id() for row in type(fresh).select()]
    assert left == [fresh.get_id()]
    assert over.get_id() not in left


@pytest.mark.parametrize(
    "make",
    [
        lambda: Outbox.create(kind="mail", payload={}, due_at=NOON - YEAR, tries=9, error="MailUnavailable"),
        lambda: reminder(NOON - YEAR, confirmed_at=NOON - YEAR),
        lambda: recovery(asked_at=NOON - 2 * YEAR, confirmed_at=NOON - 2 * YEAR),
        lambda: Throttle.create(
            key=digest(), failures=9, last_at=NOON - YEAR, blocked_until=NOON + timedelta(minutes=5)
        ),
    ],
    ids=["work that fails", "reminder confirmed", "other address to decide", "key that still waits"],
)
def test_what_still_waits_is_kept_however_old(app: Flask, make: Callable[[], Table]) -> None:
    row = make()
    assert retention.delete_expired(NOON) == 0
    assert type(row).select().count() == 1

"""What the tests of the account pages share: a permit in the register, and the letters that left."""

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from app.settings import Settings
from app.storage.models import Account, Outbox
from tests import factories
from tests.clients import PageClient

Visitor = Callable[[], PageClient]

NUMBER = "9920000137"
PASSWORD = "quatre saules au bord du canal"
TYPED = {
    "number": "99 20 00 01 37",
    "valid_from-day": "1",
    "valid_from-month": "02",
    "valid_from-year": "2026",
    "valid_until-day": "31",
    "valid_until-month": "1",
    "valid_until-year": "2027",
}


def permit(**changes: Any) -> dict[str, Any]:
    """What the register says of the permit that `TYPED` copies."""
    record = factories.identity(foreign_number=NUMBER, valid_from="2026-02-01")
    return record | {"valid_until": "2027-01-31"} | changes


def register(settings: Settings, *records: dict[str, Any]) -> None:
    """Put these permits, and no other, into the register."""
    path = Path(settings.register_url.removeprefix("file:"))
    path.write_text(json.dumps(records), encoding="utf-8")


def credentials(account: Account, **changes: str) -> dict[str, str]:
    """What opens the door to an account of the factories."""
    return {"identifier": account.foreign_number, "password": factories.PASSWORD} | changes


def letters() -> list[dict[str, Any]]:
    """What waits to be sent."""
    written = Outbox.select().where(Outbox.kind == "mail").order_by(Outbox.id)
    return [row.payload for row in written if row.payload["to"]]


def facts() -> dict[str, Any]:
    """What the last letter holds."""
    held: dict[str, Any] = letters()[-1]["facts"]
    return held


def words(answer: TestResponse) -> str:
    """A page as it is read: no tags, one space between words."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def without_token(answer: TestResponse) -> str:
    """A page without what differs between two browsers: the token of its forms."""
    return re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", answer.get_data(as_text=True))


def hidden(answer: TestResponse, name: str) -> str:
    """The value of a hidden field of a page."""
    found = re.search(rf'<input type="hidden" name="{name}" value="([^"]*)"', answer.get_data(as_text=True))
    return unescape(found.group(1)) if found else ""

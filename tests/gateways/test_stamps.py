"""The desk of e-stamps: every answer it can give, twelve months of validity, and one use."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.gateways import stamps
from app.gateways.stamps import FileDesk, Stamp, StampDeskUnavailable, StampState, WebDesk
from tests.gateways.answering import Desk

TODAY = date(2026, 11, 23)
GOOD = "1000200030004000"
KNOWN: dict[str, dict[str, Any]] = {
    GOOD: {"state": "good", "amount": 20000, "bought_on": "2026-11-01"},
    "1000200030004001": {"state": "used", "amount": 20000, "bought_on": "2026-11-01", "used_for": "autre"},
    "1000200030004002": {"state": "refunded", "amount": 20000, "bought_on": "2026-11-01"},
    "1000200030004003": {"state": "good", "amount": 20000, "bought_on": "2025-11-23"},
    "1000200030004004": {"state": "good", "amount": 20000, "bought_on": "2025-11-22"},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The demonstration's stamps."""
    path = tmp_path / "stamps.json"
    path.write_text(json.dumps(KNOWN), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (GOOD, StampState.GOOD),
        ("1000200030004001", StampState.USED),
        ("1000200030004002", StampState.REFUNDED),
        ("1000200030004003", StampState.GOOD),
        ("1000200030004004", StampState.EXPIRED),
        ("9999999999999999", StampState.UNKNOWN),
    ],
)
def test_states(path: Path, desk: Desk, number: str, state: StampState):
    assert stamps.from_url(f"file:{path}").look_up(number, TODAY).state is state

    desk.say(200 if number in KNOWN else 404, {"number": number, **KNOWN.get(number, {})})
    assert WebDesk(desk.url).look_up(number, TODAY).state is state
    assert desk.questions == [{"number": number}]


def test_one_use_and_the_same_again(path: Path):
    held = FileDesk(path)
    assert held.use(GOOD, "guichet-1", TODAY) == Stamp(StampState.GOOD, 20000)
    assert held.use(GOOD, "guichet-1", TODAY).state is StampState.GOOD, "filed again after an accident"
    assert held.use(GOOD, "guichet-2", TODAY).state is StampState.USED
    assert held.look_up(GOOD, TODAY) == Stamp(StampState.USED, 20000, "guichet-1")


@pytest.mark.parametrize(
    "number", ["1000200030004001", "1000200030004002", "1000200030004004", "9999999999999999"]
)
def test_a_stamp_worth_nothing_is_not_used(path: Path, number: str):
    before = path.read_text(encoding="utf-8")
    assert FileDesk(path).use(number, "guichet-1", TODAY).state is not StampState.GOOD
    assert path.read_text(encoding="utf-8") == before


def test_of_many_at_once_one_has_it(path: Path):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda place: FileDesk(path).use(GOOD, f"guichet-{place}", TODAY), range(16)))
    assert [one.state for one in found].count(StampState.GOOD) == 1


def test_the_desk_of_others_is_asked_for_a_use(desk: Desk):
    desk.say(200, {"number": GOOD, "state": "used", "amount": 20000, "used_for": "guichet-1"})
    assert WebDesk(desk.url).use(GOOD, "guichet-1", TODAY).state is StampState.GOOD
    assert WebDesk(desk.url).use(GOOD, "guichet-2", TODAY).state is StampState.USED
    assert desk.questions[0] == {"number": GOOD, "use_for": "guichet-1"}


@pytest.mark.parametrize("content", [None, "", "{"])
def test_a_file_that_cannot_be_read_concludes_nothing(tmp_path: Path, content: str | None):
    path = tmp_path / "stamps.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(StampDeskUnavailable):
        FileDesk(path).look_up(GOOD, TODAY)
    with pytest.raises(StampDeskUnavailable):
        FileDesk(path).use(GOOD, "guichet-1", TODAY)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, {}),
        (200, b"oops"),
        (200, []),
        (200, None),
        (200, {"state": "good", "amount": 20000}),
        (200, {"number": "1000200030004001", "state": "good", "amount": 20000}),
        (200, {"number": GOOD, "state": "torn", "amount": 20000}),
        (200, {"number": GOOD, "state": "good", "amount": "much"}),
        (200, {"number": GOOD, "state": "good", "amount": 20000, "bought_on": "yesterday"}),
    ],
)
def test_an_answer_that_means_nothing_concludes_nothing(desk: Desk, status: int, answer: object):
    desk.say(status, answer)
    with pytest.raises(StampDeskUnavailable):
        WebDesk(desk.url).look_up(GOOD, TODAY)


def test_addresses():
    assert isinstance(stamps.from_url("https://stamps.example/"), WebDesk)
    with pytest.raises(ValueError, match="begins with neither"):
        stamps.from_url("ftp://stamps.example")

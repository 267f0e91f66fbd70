"""The register of permits: all three data right, or nothing, and never a hint."""

import json
from datetime import date
from pathlib import Path

import pytest

from app.gateways import register
from app.gateways.permit_record import PermitRecord, UnreadableRecord
from app.gateways.register import FileRegister, RegisterUnavailable, WebRegister
from tests.gateways.answering import Desk

FROM, UNTIL = date(2026, 2, 1), date(2027, 1, 31)
ROW = {
    "foreign_number": "9920000137",
    "surname": "Nguyễn",
    "given_names": "Thị Ánh",
    "usage_name": "",
    "sex": "F",
    "born_on": "2002-03-14",
    "birth_place": "Huế",
    "birth_country": "VNM",
    "nationality": "VNM",
    "permit_kind": "CST",
    "mention": "etudiant",
    "valid_from": "2026-02-01",
    "valid_until": "2027-01-31",
}


@pytest.fixture
def held(tmp_path: Path) -> register.PermitRegister:
    path = tmp_path / "register.json"
    rows = [{**ROW, "foreign_number": f"99100000{n:02d}"} for n in range(20)]
    old_card = {**ROW, "foreign_number": "123456789"}
    path.write_text(json.dumps([*rows, ROW, old_card]), encoding="utf-8")
    return register.from_url(f"file:{path}")


def test_a_permit_is_found_by_its_three_data(held: register.PermitRegister):
    assert held.find("9920000137", FROM, UNTIL) == PermitRecord.read(ROW)


def test_a_record_goes_into_a_column_and_back(held: register.PermitRegister):
    found = held.find("9920000137", FROM, UNTIL)
    assert found is not None
    assert PermitRecord.read(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        ("9920000138", FROM, UNTIL),
        ("9920000137", FROM.replace(day=2), UNTIL),
        ("9920000137", FROM, UNTIL.replace(day=30)),
        ("9920000137", UNTIL, FROM),
        ("0000000000", FROM, UNTIL),
        ("", FROM, UNTIL),
    ],
)
def test_one_wrong_datum_is_nothing(held: register.PermitRegister, number: str, first: date, last: date):
    assert held.find(number, first, last) is None


@pytest.mark.parametrize("number", ["123456789", "0123456789"])
def test_an_old_number_has_nine_digits_or_a_zero_before_them(held: register.PermitRegister, number: str):
    assert held.find(number, FROM, UNTIL)


def test_known_and_unknown_are_the_same_work(held: FileRegister, monkeypatch: pytest.MonkeyPatch):
    compared: list[bytes] = []
    compare = register.hmac.compare_digest
    monkeypatch.setattr(register.hmac, "compare_digest", lambda a, b: compared.append(b) or compare(a, b))
    counts = []
    for number in ("9910000000", "9920000137", "5555555555"):
        compared.clear()
        held.find(number, FROM, UNTIL)
        counts.append(len(compared))
    assert counts == [22, 22, 22]


@pytest.mark.parametrize("content", [None, "", "[{", "{}", "[1]", "null"])
def test_a_file_that_cannot_be_read_concludes_nothing(tmp_path: Path, content: str | None):
    path = tmp_path / "register.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(RegisterUnavailable):
        FileRegister(path).find("9920000137", FROM, UNTIL)


def test_the_register_of_others_is_asked_once(desk: Desk):
    desk.say(200, {**ROW, "unknown": "ignored"})
    assert WebRegister(desk.url).find("9920000137", FROM, UNTIL) == PermitRecord.read(ROW)
    asked = {"foreign_number": "9920000137", "valid_from": "2026-02-01", "valid_until": "2027-01-31"}
    assert desk.questions == [asked]


def test_the_register_of_others_knows_nothing_of_it(desk: Desk):
    desk.say(404, {})
    assert WebRegister(desk.url).find("9920000137", FROM, UNTIL) is None


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, {}),
        (200, b"<html>"),
        (200, []),
        (200, None),
        (200, {}),
        (200, {**ROW, "foreign_number": "9920000999"}),
        (200, {**ROW, "valid_until": "2028-01-31"}),
    ],
)
def test_an_answer_about_something_else_concludes_nothing(desk: Desk, status: int, answer: object):
    desk.say(status, answer)
    with pytest.raises(RegisterUnavailable):
        WebRegister(desk.url).find("9920000137", FROM, UNTIL)


@pytest.mark.parametrize("change", [{"born_on": "1980-02-30"}, {"surname": "", "given_names": ""}])
def test_a_record_that_cannot_be_read_is_no_silence(tmp_path: Path, desk: Desk, change: dict[str, str]):
    path = tmp_path / "register.json"
    path.write_text(json.dumps([{"note": "no number, no dates"}, ROW | change]), encoding="utf-8")
    desk.say(200, ROW | change)
    for one in (FileRegister(path), WebRegister(desk.url)):
        with pytest.raises(UnreadableRecord):
            one.find("9920000137", FROM, UNTIL)


def test_addresses():
    assert isinstance(register.from_url("https://register.example/find"), WebRegister)
    with pytest.raises(ValueError, match="begins with neither"):
        register.from_url("ldap://register.example")


def test_a_permit_declared_lost_is_worth_nothing_from_that_day(held: register.PermitRegister, tmp_path: Path):
    held.invalidate("9920000137", UNTIL, date(2026, 11, 23))
    held.invalidate("9920000137", UNTIL, date(2026, 11, 24))
    rows = json.loads((tmp_path / "register.json").read_text(encoding="utf-8"))
    since = {row["foreign_number"]: row["invalid_since"] for row in rows if row.get("invalid_since")}
    assert since == {"9920000137": "2026-11-23"}, "the first day counts, and nobody else's permit"


def test_the_register_of_others_is_told_of_a_loss(desk: Desk):
    desk.say(200, {"foreign_number": "9920000137"})
    WebRegister(desk.url).invalidate("9920000137", UNTIL, date(2026, 11, 23))
    assert desk.questions == [
        {
            "act": "invalidate",
            "foreign_number": "9920000137",
            "valid_until": "2027-01-31",
            "invalid_since": "2026-11-23",
        }
    ]


@pytest.mark.parametrize(
    ("status", "answer"), [(500, {}), (404, {}), (200, []), (200, {"foreign_number": "1"})]
)
def test_a_loss_that_was_not_heard_is_told_again(desk: Desk, status: int, answer: object):
    desk.say(status, answer)
    with pytest.raises(RegisterUnavailable):
        WebRegister(desk.url).invalidate("9920000137", UNTIL, date(2026, 11, 23))

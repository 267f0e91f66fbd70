"""A record of the register is read once: into one form, or refused by what is wrong with it."""

import json
from datetime import date
from typing import Any

import pytest

from app.domain.rules.births import BirthDate
from app.gateways.permit_record import PermitRecord, UnreadableRecord
from tests import factories

ROW = factories.identity(foreign_number="9920000137")


def read(**changes: Any) -> PermitRecord:
    """The record of the factories with some data changed, as JSON would bring it."""
    return PermitRecord.read(json.loads(json.dumps(ROW | changes)))


@pytest.mark.parametrize(
    ("changes", "key", "value"),
    [
        ({"born_on": "1980-00-00"}, "born_on", BirthDate(1980)),
        ({"born_on": 1980}, "born_on", BirthDate(1980)),
        ({"born_on": "1980-05-00"}, "born_on", BirthDate(1980, 5)),
        ({"given_names": ""}, "given_names", ""),
        ({"given_names": None}, "given_names", ""),
        ({"given_names": "--"}, "given_names", ""),
        ({"surname": "."}, "surname", ""),
        ({"surname": " O  'Neill\u0000\u202e\n"}, "surname", "O 'Neill"),
        ({"surname": "Nguye\u0302\u0303n"}, "surname", "Nguyễn"),
        ({"surname": "مقدم\u200cزاده"}, "surname", "مقدم\u200cزاده"),
        ({"surname": "Bad\ud800"}, "surname", "Bad"),
        ({"surname": "الدين", "latin_name": " DIYA  AL-DIN "}, "latin_name", "DIYA AL-DIN"),
        ({"latin_name": "-"}, "latin_name", ""),
        ({"birth_place": None}, "birth_place", ""),
        ({"nationality": ""}, "nationality", "XXX"),
        ({"nationality": "xxb "}, "nationality", "XXB"),
        ({"birth_country": "sun"}, "birth_country", "SUN"),
        ({"foreign_number": "9920 000 137"}, "foreign_number", "9920000137"),
        ({"foreign_number": None}, "foreign_number", ""),
        ({"permit_kind": None}, "permit_kind", ""),
        ({"valid_until": ROW["valid_from"]}, "valid_until", date.fromisoformat(ROW["valid_from"])),
    ],
)
def test_each_datum_has_one_form(changes: dict[str, Any], key: str, value: object):
    record = read(**changes)
    assert getattr(record, key) == value
    stored = record.to_json()
    assert stored[key] == str(value)
    assert PermitRecord.read(stored) == record


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"born_on": ""}, "birth"),
        ({"born_on": None}, "birth"),
        ({"born_on": "0000-00-00"}, "birth"),
        ({"born_on": "0001-01-01"}, "birth"),
        ({"born_on": "1980-02-30"}, "birth"),
        ({"born_on": "2999"}, "birth"),
        ({"valid_from": "2027-02-11"}, "validity"),
        ({"valid_until": "unlimited"}, "validity"),
        ({"valid_until": None}, "validity"),
        ({"surname": "", "given_names": ""}, "name"),
        ({"surname": "-", "given_names": None}, "name"),
        ({"foreign_number": "99200X0137"}, "number"),
        ({"surname": ["Nguyễn"]}, "record"),
        ({"birth_place": {"city": "Huế"}}, "record"),
        ({"born_on": 1980.5}, "record"),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(changes: dict[str, Any], part: str):
    with pytest.raises(UnreadableRecord) as refused:
        read(**changes)
    assert refused.value.part == part

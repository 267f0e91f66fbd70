"""Dates of birth of which the day, or the month, is not known."""

from datetime import date

import pytest

from app.domain import wording
from app.domain.rules.births import BirthDate


@pytest.mark.parametrize(
    ("text", "stored", "earliest", "french", "english"),
    [
        ("2002-03-14", "2002-03-14", date(2002, 3, 14), "14 mars 2002", "14 March 2002"),
        ("1980-05-01", "1980-05-01", date(1980, 5, 1), "1er mai 1980", "1 May 1980"),
        ("1980-05-00", "1980-05", date(1980, 5, 1), "mai 1980", "May 1980"),
        ("1980-05", "1980-05", date(1980, 5, 1), "mai 1980", "May 1980"),
        ("1980-00-00", "1980", date(1980, 1, 1), "1980", "1980"),
        ("1980-00-17", "1980", date(1980, 1, 1), "1980", "1980"),
        ("1980-xx-XX", "1980", date(1980, 1, 1), "1980", "1980"),
        (" 1980 ", "1980", date(1980, 1, 1), "1980", "1980"),
    ],
)
def test_what_is_known_is_read_kept_and_printed(text, stored, earliest, french, english):
    birth = BirthDate.read(text)
    assert str(birth) == stored
    assert BirthDate.read(stored) == birth
    assert birth.earliest == earliest
    assert wording.birth_fr(birth).replace("\u00a0", " ") == french
    assert wording.birth_en(birth).replace("\u00a0", " ") == english


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000-00-00",
        "1981-02-29",
        "1980-13",
        "1980-5-7",
        "14/03/2002",
        "19800000",
        "80",
        "1980-05-17T00:00",
        "١٩٨٠",
    ],
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError):
        BirthDate.read(text)

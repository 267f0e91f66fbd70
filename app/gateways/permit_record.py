"""Records of the permit register, read once into one form: no page parses them again."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

from app.domain.rules.births import BirthDate
from app.domain.rules.identifiers import check_foreign_number

UNSPECIFIED = "XXX"  # the nationality of a record that gives none (ICAO Doc 9303)
OLDEST = 130  # years: an older date of birth is a placeholder, such as 0001-01-01
_JOINERS = "\u200c\u200d"  # they shape the letters of Persian and Indian names


class UnreadableRecord(Exception):
    """Raised when a record found in the register gives something that cannot be true.

    `part` says what: `name`, `number`, `birth`, `validity`, or `record` for a value of another type.
    """

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part


@dataclass(frozen=True)
class PermitRecord:
    """A permit or a visa and its holder, as the register knows them.

    Countries are codes of ISO 3166-1 alpha-3, of ISO 3166-3 for those that are gone, of ICAO Doc 9303 for stateless
    people and refugees. One of the two parts of a name may be "". A visa still to be validated, or to be exchanged
    for a permit, has no foreign number yet: "". `latin_name` is the whole name in the Latin letters of the passport
    (ICAO Doc 9303), where the register writes it in other letters, else "". `issued_in` is the code of the département
    whose prefecture issued it, "" where the register does not say: some permits are valid in one place only.
    """

    foreign_number: str
    surname: str
    given_names: str
    usage_name: str
    sex: str
    born_on: BirthDate
    birth_place: str
    birth_country: str
    nationality: str
    permit_kind: str  # CST, CSP, VLS-TS, VLS (to be exchanged for a permit), RECEPISSE, or any other
    mention: str
    valid_from: date
    valid_until: date
    visa_number: str = ""
    validated_on: str = ""  # of a VLS-TS
    latin_name: str = ""
    issued_in: str = ""

    @classmethod
    def read(cls, record: Mapping[str, Any]) -> Self:
        """Return the record in the normal form; UnreadableRecord where it has none. Unknown keys are ignored."""
        texts = {item.name: _text(record.get(item.name)) for item in fields(cls)}
        names = {key: _name(texts[key]) for key in ("surname", "given_names", "usage_name", "latin_name")}
        if not names["surname"] and not names["given_names"]:
            raise UnreadableRecord("name")
        number, problem = check_foreign_number(texts["foreign_number"])
        if number and problem:
            raise UnreadableRecord("number")
        first, last = _validity(texts)
        codes = {
            key: texts[key].upper() for key in ("birth_country", "nationality", "permit_kind", "issued_in")
        }
        codes["nationality"] = codes["nationality"] or UNSPECIFIED
        values: dict[str, Any] = {**texts, **names, **codes, "foreign_number": number}
        born_on = _birth(texts["born_on"], first)
        return cls(**values | {"born_on": born_on, "valid_from": first, "valid_until": last})

    def to_json(self) -> dict[str, str]:
        """Return what a JSON column keeps: texts, dates in ISO 8601."""
        return {item.name: str(getattr(self, item.name)) for item in fields(self)}


def _text(value: Any) -> str:
    """Return a text without control characters, marks of direction and half characters."""
    if value is None:
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise UnreadableRecord("record")
    shown = (" " if c.isspace() else c for c in unicodedata.normalize("NFC", str(value)))
    kept = (c for c in shown if c in _JOINERS or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return " ".join("".join(kept).split())


def _name(text: str) -> str:
    """Return a name, "" for the dash or the dot that registers write where there is none."""
    return text if any(map(str.isalpha, text)) else ""


def _validity(texts: Mapping[str, str]) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(texts[key]) for key in ("valid_from", "valid_until"))
    except ValueError:
        raise UnreadableRecord("validity") from None
    if last < first:
        raise UnreadableRecord("validity")
    return first, last


def _birth(text: str, permit_begins: date) -> BirthDate:
    try:
        birth = BirthDate.read(text)
    except ValueError:
        raise UnreadableRecord("birth") from None
    if birth.earliest > permit_begins or birth.year < permit_begins.year - OLDEST:
        raise UnreadableRecord("birth")
    return birth

"""The services of a deployment: all prefectures, and the sub-prefectures that its operator lists in a file.

No data set says which sub-prefectures handle permits, and it changes: hence a file. Its format is described in
docs/operations.md; docs/services.example.toml is an example.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.rules.identifiers import is_site
from app.reference.communes import arrondissement, departements
from app.reference.prefectures import prefecture_of, prefectures, subprefecture_code

# Maximum length of each field of a service.
_LENGTHS = {"name": 120, "city": 80, "address": 200, "collection_place": 300, "help_place": 300, "site": 200}
FINGERPRINTS = "fingerprints"  # the one field that is true or false
_KEYS = {"prefecture": "department", "subprefecture": "arrondissement"}
_REQUIRED = ("name", "city", "collection_place")  # of a sub-prefecture; those of prefectures are known


class BadServices(Exception):
    """Raised when the file cannot be loaded; `reasons` has one sentence per fault."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Office:
    """A service as configured. `help_place` is its e-MERAUDE point, "" if unknown."""

    code: str
    department: str
    name: str
    city: str
    collection_place: str
    help_place: str
    site: str
    address: str = ""  # for letters, without the name
    fingerprints: bool = False  # taken before a card is made


def standard() -> tuple[Office, ...]:
    """Return every prefecture, in charge of its whole territory; BadServices if a département has none."""
    orphans = sorted(code for code in departements() if prefecture_of(code) is None)
    if orphans:
        raise BadServices(
            [f"No prefecture is known for {code}: complete prefectures.tsv." for code in orphans]
        )
    return tuple(
        Office(seat.code, seat.code, seat.name, seat.city, f"{seat.name}, {seat.city}", "", seat.site)
        for seat in prefectures()
    )


def read(text: str) -> tuple[Office, ...]:
    """Return the prefectures as the file completes them, and its sub-prefectures; BadServices if it has faults."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadServices([f"This is not TOML: {error}."]) from error
    reasons = [f"{name}: write [[prefecture]] or [[subprefecture]]." for name in tables if name not in _KEYS]
    offices = {office.code: office for office in standard()}
    codes: set[str] = set()
    for kind, key in _KEYS.items():
        for number, entry in enumerate(_entries(tables.get(kind, []), kind, reasons), 1):
            code, faults = _code(kind, entry.get(key))
            if code and code in codes:
                faults.append("it is there twice")
            codes.add(code)
            faults += _faults(kind, entry)
            reasons += [f"{kind} {number} ({key} {entry.get(key)!r}): {fault}." for fault in faults]
            if not faults:
                offices[code] = _office(offices, code, entry)
    if reasons:
        raise BadServices(reasons)
    return tuple(offices.values())


def _entries(entries: Any, kind: str, reasons: list[str]) -> list[dict[str, Any]]:
    if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
        return entries
    reasons.append(f"{kind}: write [[{kind}]] above each, with two brackets.")
    return []


def _code(kind: str, code: Any) -> tuple[str, list[str]]:
    """Return the code of the service an entry refers to, and the faults of that reference."""
    if not isinstance(code, str):
        return "", [f"write the code of the {_KEYS[kind]} between quotes"]
    if kind == "prefecture":
        found = prefecture_of(code)
        if found is None:
            return code, ["no département has this code"]
        if found.code != code:
            return code, [f"{found.name} handles it: write {found.code}"]
        return code, []
    place = arrondissement(code)
    if place is None:
        return code, ["no arrondissement has this code"]
    if prefecture_of(place.departement) is None:
        return code, [f"département {place.departement} has no prefecture"]
    return subprefecture_code(place.departement, code), []


def _faults(kind: str, entry: Mapping[str, Any]) -> list[str]:
    known = {*_LENGTHS, FINGERPRINTS, _KEYS[kind]}
    faults = [f"nothing is called {name}" for name in entry if name not in known]
    if not isinstance(entry.get(FINGERPRINTS, False), bool):
        faults.append(f"{FINGERPRINTS} is neither true nor false")
    for name, length in _LENGTHS.items():
        value = entry.get(name)
        if value is None:
            if kind == "subprefecture" and name in _REQUIRED:
                faults.append(f"{name} is missing")
        elif not isinstance(value, str) or not value.strip():
            faults.append(f"{name} is empty or not a text")
        elif len(value) > length:
            faults.append(f"{name} has more than {length} characters")
        elif name == "site" and not is_site(value):
            faults.append("site is not an address such as https://www.rhone.gouv.fr")
    return faults


def _office(offices: Mapping[str, Office], code: str, entry: Mapping[str, Any]) -> Office:
    department = code.partition("-")[0]
    values: dict[str, Any] = {name: entry[name].strip() for name in _LENGTHS if name in entry}
    if FINGERPRINTS in entry:
        values[FINGERPRINTS] = entry[FINGERPRINTS]
    if code in offices:
        return replace(offices[code], **values)
    site = offices[department].site  # a sub-prefecture has pages on the site of its prefecture
    return Office(code, department, **({"help_place": "", "site": site} | values))

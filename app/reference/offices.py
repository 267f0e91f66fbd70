"""The services that a deployment has: the country's prefectures, and the sub-prefectures that its operator lists.

Which sub-prefectures handle permits is nowhere published as data, and changes: it is configuration. The file is
described in docs/operations.md; docs/services.example.toml is one to start from.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.rules.identifiers import is_site
from app.reference.communes import arrondissement, departements
from app.reference.prefectures import prefecture_of, prefectures, subprefecture_code

# What may be said of a service, and how long it may be.
_LENGTHS = {"name": 120, "city": 80, "address": 200, "collection_place": 300, "help_place": 300, "site": 200}
_KEYS = {"prefecture": "department", "subprefecture": "arrondissement"}
_OWED = ("name", "city", "collection_place")  # by a sub-prefecture; a prefecture has them already


class BadServices(Exception):
    """The file cannot be loaded; `reasons` says why, one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Office:
    """One service as it is configured. `help_place` is its e-MERAUDE point, empty where it is not known."""

    code: str
    department: str
    name: str
    city: str
    collection_place: str
    help_place: str
    site: str
    address: str = ""  # for letters, without the name


def standard() -> tuple[Office, ...]:
    """Every prefecture, in charge of its whole territory; BadServices when one is missing."""
    orphans = sorted(one for one in departements() if prefecture_of(one) is None)
    if orphans:
        raise BadServices(
            [f"No prefecture is known for {code}: complete prefectures.tsv." for code in orphans]
        )
    return tuple(
        Office(one.code, one.code, one.name, one.city, f"{one.name}, {one.city}", "", one.site)
        for one in prefectures()
    )


def read(text: str) -> tuple[Office, ...]:
    """The prefectures as a file completes them, and the sub-prefectures that it adds; BadServices otherwise."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadServices([f"This is not TOML: {error}."]) from error
    reasons = [f"{name}: write [[prefecture]] or [[subprefecture]]." for name in given if name not in _KEYS]
    offices = {one.code: one for one in standard()}
    seen: set[str] = set()
    for kind, key in _KEYS.items():
        for number, entry in enumerate(_entries(given.get(kind, []), kind, reasons), 1):
            code, wrong = _code(kind, entry.get(key))
            if code and code in seen:
                wrong.append("it is there twice")
            seen.add(code)
            wrong += _wrong(kind, entry)
            reasons += [f"{kind} {number} ({key} {entry.get(key)!r}): {why}." for why in wrong]
            if not wrong:
                offices[code] = _office(offices, code, entry)
    if reasons:
        raise BadServices(reasons)
    return tuple(offices.values())


def _entries(given: Any, kind: str, reasons: list[str]) -> list[dict[str, Any]]:
    if isinstance(given, list) and all(isinstance(one, dict) for one in given):
        return given
    reasons.append(f"{kind}: write [[{kind}]] above each, with two brackets.")
    return []


def _code(kind: str, given: Any) -> tuple[str, list[str]]:
    """The code of the service meant, and what is wrong with how it is named."""
    if not isinstance(given, str):
        return "", [f"write the code of the {_KEYS[kind]} between quotes"]
    if kind == "prefecture":
        found = prefecture_of(given)
        if found is None:
            return given, ["no département has this code"]
        if found.code != given:
            return given, [f"{found.name} handles it: write {found.code}"]
        return given, []
    place = arrondissement(given)
    if place is None:
        return given, ["no arrondissement has this code"]
    if prefecture_of(place.departement) is None:
        return given, [f"département {place.departement} has no prefecture"]
    return subprefecture_code(place.departement, given), []


def _wrong(kind: str, entry: Mapping[str, Any]) -> list[str]:
    wrong = [f"nothing is called {name}" for name in entry if name not in _LENGTHS and name != _KEYS[kind]]
    for name, length in _LENGTHS.items():
        value = entry.get(name)
        if value is None:
            if kind == "subprefecture" and name in _OWED:
                wrong.append(f"{name} is missing")
        elif not isinstance(value, str) or not value.strip():
            wrong.append(f"{name} is empty or not a text")
        elif len(value) > length:
            wrong.append(f"{name} has more than {length} characters")
        elif name == "site" and not is_site(value):
            wrong.append("site is not an address such as https://www.rhone.gouv.fr")
    return wrong


def _office(offices: Mapping[str, Office], code: str, entry: Mapping[str, Any]) -> Office:
    department = code.partition("-")[0]
    said = {name: entry[name].strip() for name in _LENGTHS if name in entry}
    if code in offices:
        return replace(offices[code], **said)
    site = offices[department].site  # a sub-prefecture has pages on the site of its prefecture
    return Office(code, department, **({"help_place": "", "site": site} | said))
